import type { Bundle, Observation } from '@medplum/fhirtypes';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { courseDifferences } from '../../src/course/equal.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { isJsonObject, writeJson, type Json } from '../../src/json/json.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { elementsIn, type Elements } from '../../src/mapping/elements.ts';
import type { MappedResource } from '../../src/mapping/mapped.ts';
import { isRetracted, retracted, type Retraction } from '../../src/mapping/retraction.ts';
import { bundleOfText, courses, find, issuesOf, jsonOf, receivedIn, strippedBy } from '../laws/courses.ts';

const file = (name: string): URL => new URL(`../golden/${name}`, import.meta.url);
const whole = jsonOf(readFileSync(file('maximal.course.json'), 'utf8')) as unknown as TreatmentCourse;
const why: Retraction = { at: '2026-02-02T08:15', reason: 'Another patient', zone: 'Europe/Oslo' };

const resourcesOf = (course: TreatmentCourse): readonly MappedResource[] =>
  mapCourse(course, shippedDefinitions).resources;

/** What a target holds once a version without some parts has replaced one with them. */
function bundleAfter(before: TreatmentCourse, after: TreatmentCourse, because: Retraction = why): Bundle {
  const now = resourcesOf(after);
  const left = resourcesOf(before).filter(({ uuid }) => now.every((one) => one.uuid !== uuid));
  // Nobody need say when or why.
  const resources = [...now, ...left.map((one, index) => retracted(one, index === 0 ? {} : because))];
  return bundleOf({ course: after, resources }, 'logical');
}

const through = (bundle: Bundle) => bundleOfText(writeJson(bundle));
const codesIn = (bundle: Bundle): string[] => issuesOf(find(receivedIn(through(bundle)))).map(({ code }) => code);

type Parts = Record<string, unknown>;

/** The course without one part, for every part that it has, and sessions' own. */
function* withoutOne(course: TreatmentCourse): Generator<TreatmentCourse> {
  for (const [field, value] of Object.entries(course)) {
    if (!isPartList(value)) continue;
    for (const part of value) {
      yield { ...course, [field]: value.filter((one) => one !== part) };
      if (field !== 'sessions') continue;
      for (const [inner, list] of Object.entries(part)) {
        if (!isPartList(list)) continue;
        for (const own of list) {
          const changed = { ...part, [inner]: list.filter((one) => one !== own) };
          yield { ...course, [field]: value.map((one) => (one === part ? changed : one)) } as TreatmentCourse;
        }
      }
    }
  }
}

const isPartList = (value: unknown): value is readonly Parts[] =>
  Array.isArray(value) && value.every((one) => isJsonObject(one as Json) && 'id' in (one as Parts));

describe('what was taken back', () => {
  it('is left out without a word, whatever part it was', () => {
    let count = 0;
    for (const course of courses(2)) {
      for (const less of withoutOne(course)) {
        // Where others rest on the part, they would go with it.
        const after = acceptCourse(jsonOf(writeJson(less)), shippedDefinitions).value;
        if (after === undefined) continue;
        const bundle = through(bundleAfter(course, after, { at: '2026-03-01' }));
        for (const state of [bundle, strippedBy(bundle)]) {
          const found = find(receivedIn({ ...state, entry: state.entry?.toReversed() }));
          expect(issuesOf(found)).toEqual([]);
          expect(found.courses.map((one) => courseDifferences(after, one.course, { numbers: 'text' }))).toEqual([[]]);
        }
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(200);
  });

  it('says since when and why, in the time of the clinic', () => {
    const [resource = {}] = resourcesOf(whole).map((one) => retracted(one, why).resource as unknown as Elements);
    const extension = elementsIn(resource, 'extension').at(-1);
    expect(resource['status']).toBe('entered-in-error');
    expect(extension?.['extension']).toMatchObject([
      { url: 'at', valueDateTime: '2026-02-02T08:15:00+01:00', _valueDateTime: { extension: [{}, {}] } },
      { url: 'reason', valueString: 'Another patient' },
    ]);
  });

  it('is told from what is in error with its course', () => {
    const wrong: TreatmentCourse = { ...whole, status: 'enteredInError' };
    const isIt = ({ resource }: MappedResource): boolean => isRetracted(resource as unknown as Elements);
    expect(resourcesOf(wrong).some(isIt)).toBe(false);
    expect(
      resourcesOf(wrong)
        .map((one) => retracted(one, {}))
        .every(isIt),
    ).toBe(true);
  });

  it('stays what it is when it is taken back again', () => {
    const again = (one: MappedResource): MappedResource => retracted(retracted(one, {}), why);
    for (const one of resourcesOf(whole)) expect(writeJson(again(one))).toBe(writeJson(retracted(one, why)));
  });

  it('is written so, byte for byte', async () => {
    const text = writeJson(jsonOf(writeJson(bundleAfter(whole, lessOf(whole)))), 1);
    await expect(`${text}\n`).toMatchFileSnapshot(file('retracted.bundle.json').pathname);
  });
});

/** One part of each type fewer: a dose, a reading, an assessment with its scores. */
function lessOf({ outcomes: _outcomes, ...course }: TreatmentCourse): TreatmentCourse {
  const [session, ...sessions] = course.sessions ?? [];
  const [assessment, ...assessments] = course.assessments ?? [];
  if (session === undefined || assessment === undefined) throw new Error('nothing to take back');
  const { administrations = [], readings = [] } = session;
  const less = { ...session, administrations: administrations.slice(1), readings: readings.slice(1) };
  const transitions = course.phaseTransitions?.filter(
    (one) => one.baselineAssessmentId !== assessment.id && one.currentAssessmentId !== assessment.id,
  );
  return {
    ...course,
    sessions: [less, ...sessions],
    assessments,
    ...(transitions !== undefined && { phaseTransitions: transitions }),
  };
}

describe('a course in error', () => {
  const wrong: TreatmentCourse = { ...whole, status: 'enteredInError' };

  it('is read as it is, but for what was taken back before', () => {
    const less = lessOf(wrong);
    const found = find(receivedIn(through(bundleAfter(wrong, less))));
    expect(issuesOf(found)).toEqual([]);
    expect(found.courses.map((one) => writeJson(one.course))).toEqual([
      writeJson(mapCourse(less, shippedDefinitions).course),
    ]);
  });

  it('without its summary is not left out without a word', () => {
    const resources = resourcesOf(wrong).filter(({ identifier }) => !identifier.value.endsWith('/course/summary'));
    const codes = codesIn(bundleOf({ course: wrong, resources }, 'logical'));
    expect(codes.filter((code) => code === 'unclaimed-resource').length).toBe(resources.length);
  });
});

describe('what somebody else set in error', () => {
  const facets = [
    '/s/1/r/1/hr',
    '/s/1/adm/1/administration',
    '/s/2/record',
    '/a/1/answers',
    '/a/1/total',
    '/sr/1/answers',
  ];
  const inError = (facet: string, change: (one: MappedResource) => MappedResource): Bundle =>
    bundleOf(
      {
        course: whole,
        resources: resourcesOf(whole).map((one) => (one.identifier.value.endsWith(facet) ? change(one) : one)),
      },
      'logical',
    );
  const set = (one: MappedResource): MappedResource => ({
    ...one,
    resource: { ...(one.resource as Observation), status: 'entered-in-error' },
  });

  it.each(facets)('%s is missed while the course refers to it', (facet) => {
    expect(codesIn(inError(facet, set))).toContain('missing-resource');
    expect(codesIn(inError(facet, (one) => retracted(one, {})))).toContain('missing-resource');
  });

  it('and nothing refers to is left out', () => {
    const less = lessOf(whole);
    const now = resourcesOf(less);
    const left = resourcesOf(whole).filter(({ uuid }) => now.every((one) => one.uuid !== uuid));
    expect(codesIn(bundleOf({ course: less, resources: [...now, ...left.map(set)] }, 'logical'))).toEqual([]);
  });
});

it('a set with nothing but what was taken back holds no course', () => {
  const bundle = bundleOf(
    { course: whole, resources: resourcesOf(whole).map((one) => retracted(one, why)) },
    'logical',
  );
  expect(find(receivedIn(through(bundle)))).toEqual({ courses: [], strangers: [], issues: [] });
});
