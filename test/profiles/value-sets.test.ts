import { expect, test } from 'vitest';
import { artefactsIn } from '../../profiles/make/artefacts.ts';
import { shippedValueSets, valueSets } from '../../profiles/make/value-sets.ts';

const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);

test('the published ValueSets are those that the lists give (npm run profiles:derive)', () => {
  expect(artefactsIn('valuesets').toSorted(byId)).toEqual(shippedValueSets().toSorted(byId));
});

test('a set holds our codes, then the standard ones that are written beside them', () => {
  const route = { resourceType: 'CodeSystem', id: 'route', concept: [{ code: 'IV', display: 'Intravenous' }] };
  const [set] = valueSets([route], []);
  expect(set).toMatchObject({
    url: 'https://w3id.org/coursebridge/ValueSet/route',
    compose: {
      include: [
        { system: 'https://w3id.org/coursebridge/CodeSystem/route', concept: [{ code: 'IV', display: 'Intravenous' }] },
        { system: 'http://snomed.info/sct', concept: [{ code: '47625008' }] },
        { system: 'http://standardterms.edqm.eu', concept: [{ code: '20045000' }] },
      ],
    },
  });
});

test('what holds codes of SNOMED CT or LOINC says whose they are', () => {
  const silent = artefactsIn('valuesets').filter(
    (set) =>
      /snomed\.info|loinc\.org/.test(JSON.stringify(set['compose'])) &&
      !/SNOMED CT|LOINC/.test(String(set['copyright'])),
  );
  expect(silent).toEqual([]);
});
