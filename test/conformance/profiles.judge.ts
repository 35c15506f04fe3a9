import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compiled, compiledFolder } from '../../profiles/make/compile.ts';
import { ourProfiles } from '../../src/mapping/claims.ts';
import { texts } from '../definitions/artefacts.ts';
import { valid } from './bite/bite.ts';

/** The profiles are what their sources say, and every resource is one of theirs. What the judge says: everything.judge.ts. */

test('compiling again makes no difference', () => {
  const made = compiled();
  const committed = globSync('*.json', { cwd: compiledFolder });
  expect([...made.keys()].toSorted()).toEqual(committed.toSorted());
  const changed = committed.filter((file) => made.get(file) !== readFileSync(`${compiledFolder}/${file}`, 'utf8'));
  expect(changed).toEqual([]);
});

test('a profile that contradicts its parent stops the build, which names it', () => {
  const contradicting =
    'Profile: Wrong\nParent: Reading\nId: wrong\nTitle: "Wrong"\nDescription: "Wrong"\n* code 0..0\n';
  expect(() => compiled(contradicting)).toThrow(/Wrong|further\.fsh/);
});

test('a code that its CodeSystem does not have stops the build, which names both', () => {
  const unknown =
    'Profile: Wrong\nParent: Observation\nId: wrong\nTitle: "Wrong"\nDescription: "Wrong"\n* code = $observation#no-such-code\n';
  expect(() => compiled(unknown)).toThrow(
    'StructureDefinition/wrong: the code no-such-code is not in https://w3id.org/coursebridge/CodeSystem/observation',
  );
});

test('every profile that can be claimed is published, and examples and golden courses claim each', () => {
  const folder = new URL('../../profiles/structuredefinitions/', import.meta.url);
  const published = [...texts(folder, '.json').values()].map((text) => (JSON.parse(text) as { url: string }).url);
  expect(ourProfiles.filter((url) => !published.includes(url))).toEqual([]);
  const claimed = valid().map(({ meta }) => (meta as { profile?: readonly string[] } | undefined)?.profile?.[0]);
  expect(ourProfiles.filter((url) => !claimed.includes(url))).toEqual([]);
});

test('each resource that is written claims one profile of ours', () => {
  const written = valid().filter(({ resourceType }) =>
    ['Observation', 'MedicationAdministration', 'QuestionnaireResponse'].includes(String(resourceType)),
  );
  const without = written.filter(({ meta }) => (meta as { profile?: unknown[] } | undefined)?.profile?.length !== 1);
  expect(written.length).toBeGreaterThan(1000);
  expect(without).toEqual([]);
});
