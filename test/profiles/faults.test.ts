import { expect, test } from 'vitest';
import { everythingPublished, pages, type Artefact } from '../../profiles/make/artefacts.ts';
import { faultsIn } from '../../profiles/make/faults.ts';

const all = everythingPublished().map(({ artefact }) => artefact);

test('what is published has no fault: canonicals resolve and have versions, codes exist, each artefact has a page', () => {
  expect(all.length).toBeGreaterThan(150);
  expect(faultsIn(all, pages())).toEqual([]);
});

const base = 'https://w3id.org/coursebridge';

/** Everything, with one artefact changed. */
const with_ = (type: string, id: string, change: Readonly<Record<string, unknown>>): readonly Artefact[] =>
  all.map((one) => (one.resourceType === type && one.id === id ? { ...one, ...change } : one));

test.each<readonly [string, readonly Artefact[], string]>([
  ['a url that is not ours', with_('ValueSet', 'route', { url: 'https://example.org/route' }), 'its url is not'],
  ['no version', with_('CodeSystem', 'route', { version: undefined }), 'it has no version'],
  [
    'a code that its CodeSystem lacks',
    with_('ValueSet', 'route', {
      compose: { include: [{ system: `${base}/CodeSystem/route`, concept: [{ code: 'IV' }, { code: 'by-drone' }] }] },
    }),
    'the code by-drone is not in',
  ],
  [
    'a coding that its CodeSystem lacks',
    with_('Questionnaire', 'phq9', { code: [{ system: `${base}/CodeSystem/route`, code: 'by-drone' }] }),
    'the code by-drone is not in',
  ],
  [
    'a filter',
    with_('ValueSet', 'route', { compose: { include: [{ system: 'http://snomed.info/sct', filter: [{}] }] } }),
    'it does not enumerate',
  ],
  [
    'a canonical that leads nowhere',
    with_('Questionnaire', 'phq9', { derivedFrom: [`${base}/Questionnaire/phq8|0.1.0`] }),
    'nothing has the url',
  ],
  ['no snapshot', with_('StructureDefinition', 'reading', { snapshot: undefined }), 'it has no snapshot'],
  ['an artefact of R5', with_('StructureDefinition', 'reading', { fhirVersion: '5.0.0' }), 'it is not of FHIR 4.0.1'],
])('%s stops the package, and is named', (_, artefacts, fault) => {
  const [found, ...others] = faultsIn(artefacts, pages()).filter((one) => one.includes(fault));
  const changed = artefacts.find((one) => !all.includes(one));
  expect(found).toContain(`${changed?.resourceType}/${changed?.id}: ${fault}`);
  expect(others).toEqual([]);
});

test('an artefact without a page, or that its page does not name, stops the package', () => {
  const without = new Map([...pages()].filter(([name]) => name !== 'reading'));
  expect(faultsIn(all, without)).toEqual(['StructureDefinition/reading: it has no page reading.md']);
  const silent = new Map(pages()).set('codes', '# Codes');
  expect(faultsIn(all, silent)).toContain('CodeSystem/route: the page codes.md does not name it');
});

test('one artefact twice stops the package', () => {
  expect(faultsIn([...all, ...all.slice(0, 1)], pages())).toEqual([expect.stringContaining('there twice')]);
});
