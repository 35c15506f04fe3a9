import { expect, test } from 'vitest';
import { artefactsIn } from '../../profiles/make/artefacts.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { checkerOf } from '../../src/validation/checker.ts';
import { knowledgeIn } from '../../src/validation/knowledge.ts';

const published = ['borrowed', 'codesystems', 'structuredefinitions', 'valuesets'].flatMap(artefactsIn);
const faultsOf = (resources: readonly unknown[]) => checkerOf([knowledgeIn(resources)]).faults();

interface Profile {
  url: string;
  type: string;
  baseDefinition: string;
  snapshot: { element: { id: string; min: number; max: string; [name: string]: unknown }[] };
}

/** The published profile of a score, changed. */
function changed(change: (profile: Profile) => void): unknown[] {
  const own = published.map((artefact) => structuredClone(artefact) as unknown as Profile & JsonObject);
  const score = own.find(({ url }) => url.endsWith('StructureDefinition/score'));
  if (score === undefined) throw new Error('no profile of a score');
  change(score);
  return own;
}

const elementOf = ({ snapshot }: Profile, id: string): Profile['snapshot']['element'][number] => {
  const element = snapshot.element.find((one) => one.id === id);
  if (element === undefined) throw new Error(`no ${id}`);
  return element;
};

test('our own definitions are without fault', () => {
  expect(faultsOf(published)).toEqual([]);
});

test.each<[string, string, string, (profile: Profile) => void]>([
  ['is derived from itself', 'definition-cyclic', 'StructureDefinition', (one) => (one.baseDefinition = one.url)],
  [
    'is derived from what nobody knows',
    'definition-unknown',
    'StructureDefinition',
    (one) => (one.baseDefinition = 'https://nowhere.example.org/p'),
  ],
  [
    'allows more than its type',
    'definition-contradictory',
    'Observation.code',
    (one) => (elementOf(one, 'Observation.code').max = '*'),
  ],
  [
    'asks for more than it allows',
    'definition-contradictory',
    'Observation.status',
    (one) => (elementOf(one, 'Observation.status').min = 2),
  ],
  [
    'allows another type',
    'definition-contradictory',
    'Observation.status',
    (one) => (elementOf(one, 'Observation.status')['type'] = [{ code: 'Period' }]),
  ],
  ['is of a type that is none', 'definition-contradictory', 'StructureDefinition', (one) => (one.type = 'Course')],
  [
    'binds to a value set that nobody has',
    'value-set-not-expanded',
    'Observation.code',
    (one) =>
      (elementOf(one, 'Observation.code')['binding'] = {
        strength: 'required',
        valueSet: 'https://nowhere.example.org/v',
      }),
  ],
  [
    'has a rule that is no FHIRPath',
    'invariant-not-compiled',
    'Observation.code',
    (one) =>
      (elementOf(one, 'Observation.code')['constraint'] = [
        { key: 'x-1', severity: 'error', expression: 'coding.(((' },
      ]),
  ],
])('a profile that %s is named, with the place', (_, code, at, change) => {
  expect(faultsOf(changed(change))).toContainEqual(
    expect.objectContaining({
      code,
      at,
      facts: expect.objectContaining({
        definition: 'https://w3id.org/coursebridge/StructureDefinition/score',
      }) as unknown,
    }),
  );
});

test('a profile without a snapshot is named', () => {
  expect(faultsOf([{ resourceType: 'StructureDefinition', url: 'https://a.example.org/p', type: 'Patient' }])).toEqual([
    { code: 'definition-unreadable', at: 'StructureDefinition', facts: { definition: 'https://a.example.org/p' } },
  ]);
});

test('a rule that is no FHIRPath is not checked, and that is said', () => {
  const broken = changed((one) => {
    elementOf(one, 'Observation')['constraint'] = [{ key: 'x-1', severity: 'error', expression: '(((' }];
  });
  const profile = 'https://w3id.org/coursebridge/StructureDefinition/score';
  const resource = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
  expect(checkerOf([knowledgeIn(broken)]).check(resource, { profiles: [profile] })).toContainEqual({
    code: 'not-checked',
    at: 'Observation',
    facts: { rule: 'x-1' },
  });
});
