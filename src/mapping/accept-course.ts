import { entry, field, root } from '../course/path.ts';
import { readDraft } from '../course/read-course.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { checkAnswers } from '../definitions/check-answers.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { notMappedYet } from './maps.ts';
import { refuses, type Issue, type Read } from '../outcome/issue.ts';

/**
 * Reads unknown JSON as a course that can be written to FHIR: every fault of its shape, between its fields and in its
 * answers at once, each at its path, and what is not written yet.
 */
export function acceptCourse(json: Json, definitions: Definitions): Read<TreatmentCourse> {
  const { value, draft, issues: faults } = readDraft(json);
  const assessments = draft?.assessments ?? [];
  const issues = [
    ...faults,
    ...assessments.flatMap((assessment, index) =>
      assessment === undefined ? [] : checkAnswers(assessment, entry(field(root, 'assessments'), index), definitions),
    ),
    ...partsNotMappedYet(json),
  ];
  return { value: refuses(issues) ? undefined : value, issues };
}

function partsNotMappedYet(json: Json): Issue[] {
  if (!isJsonObject(json)) return [];
  return [
    ...notMappedYet.course.flatMap((name) => left(json, name, root)),
    ...leftOfEach(json, 'sessions', notMappedYet.session),
    ...leftOfEach(json, 'assessments', notMappedYet.assessment),
  ];
}

function leftOfEach(json: JsonObject, list: string, names: readonly string[]): Issue[] {
  const parts = Array.isArray(json[list]) ? (json[list] as readonly Json[]) : [];
  return parts.flatMap((part, index) =>
    isJsonObject(part) ? names.flatMap((name) => left(part, name, entry(field(root, list), index))) : [],
  );
}

function left(parent: JsonObject, name: string, at: string): Issue[] {
  const value = parent[name];
  const place = field(at, name);
  if (Array.isArray(value)) return value.map((_, index) => ({ code: 'not-mapped-yet', at: entry(place, index) }));
  return value === undefined ? [] : [{ code: 'not-mapped-yet', at: place }];
}
