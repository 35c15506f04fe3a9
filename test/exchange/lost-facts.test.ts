import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { courseDifferences } from '../../src/course/equal.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { withoutReferences } from '../../src/exchange/content.ts';
import { fullCoverage } from '../../src/exchange/coverage.ts';
import { lostFacts } from '../../src/exchange/lost-facts.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { courses, find, jsonOf } from '../laws/courses.ts';

const file = new URL('../golden/everything.course.json', import.meta.url);
const everything = jsonOf(readFileSync(file, 'utf8')) as unknown as TreatmentCourse;

/** What a target without some types holds, and what is lost there. */
function without(course: TreatmentCourse, ...notHeld: string[]) {
  const mapped = mapCourse(course, definitions);
  const [gone, left] = partition(mapped.resources, ({ resource }) => notHeld.includes(resource.resourceType));
  const uuids = new Set(gone.map(({ uuid }) => uuid));
  const held = left.map((one) => withoutReferences(one, uuids));
  const lost = lostFacts(mapped.course, held, { notHeld }, definitions).map(({ at }) => at);
  return { course: mapped.course, held, lost };
}

const partition = <T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] => [
  all.filter(is),
  all.filter((one) => !is(one)),
];

test('nothing is lost where everything is held', () => {
  for (const course of courses(2)) expect(without(course).lost).toEqual([]);
});

test('without doses only doses are lost, and nothing refers to them', () => {
  const { course, held, lost } = without(everything, 'MedicationAdministration');
  const given = course.sessions?.flatMap(({ administrations }, index) =>
    administrations === undefined ? [] : [index],
  );
  expect(lost).toEqual(given?.map((index) => `TreatmentCourse.sessions[${index}].administrations`));
  expect(lost.length).toBeGreaterThan(0);
  expect(JSON.stringify(held)).not.toContain('"partOf":[]');
});

test('without responses all that stands in them is lost, and what rests on them; times are not', () => {
  const { lost } = without(everything, 'QuestionnaireResponse');
  expect(lost).toContain('TreatmentCourse.assessments');
  expect(lost).toContain('TreatmentCourse.outcomes');
  expect(lost).toContain('TreatmentCourse.indication');
  expect(lost.filter((at) => at.startsWith('TreatmentCourse.sessions'))).toEqual([]);
  expect(lost).not.toContain('TreatmentCourse.timeZone');
});

it('says exactly what a reader of the target does not find', () => {
  for (const course of courses(3)) {
    for (const type of ['MedicationAdministration', 'QuestionnaireResponse']) {
      const { course: canonical, held, lost } = without(course, type);
      const received = held.map(({ resource, uuid, at }) => ({ resource, at, fullUrl: `urn:uuid:${uuid}` }));
      const [read] = find(received).courses;
      if (read === undefined) throw new Error('no course is left');
      expect(courseDifferences(canonical, read.course, { numbers: 'text' }).map(({ at }) => at)).toEqual(lost);
      expect(courseDifferences(canonical, read.course, { numbers: 'text' }).map(({ kind }) => kind)).not.toContain(
        'extra',
      );
    }
  }
});

test('without Observations there is no course', () => {
  expect(without(everything, 'Observation').lost).toEqual(['TreatmentCourse']);
});

test('without identifiers the ids of parts are lost, a path for each list of them', () => {
  const { course, resources } = mapCourse(everything, definitions);
  const lost = lostFacts(course, resources, { ...fullCoverage, identifiers: 'lost' }, definitions).map(({ at }) => at);
  expect(lost).toContain('TreatmentCourse.sessions.id');
  expect(lost).toContain('TreatmentCourse.sessions.readings.id');
  expect(lost).toContain('TreatmentCourse.adverseEvents.id');
  expect(lost).not.toContain('TreatmentCourse.phases.id');
  expect(lost.every((at) => at.endsWith('.id'))).toBe(true);
});
