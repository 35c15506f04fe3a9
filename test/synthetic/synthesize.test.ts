import { describe, expect, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import { readCourse } from '../../src/course/read-course.ts';
import { treatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { parseJson, writeJson, type Json } from '../../src/json/json.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { severityOf } from '../../src/outcome/issue.ts';
import { resourceCount } from '../../src/synthetic/size.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { coursesOf, programmeKeys } from './courses.ts';

const small = coursesOf('small', 100);
const full = coursesOf('full', 10);
const all = [...small, ...full];

// Some plausible faults are there on purpose: a miscounted total, an hour that occurs twice.
const onPurpose = new Set(['stated-total-differs', 'ambiguous-local-time', 'minutes-without-dose', 'safety-item']);

describe('every synthetic course', () => {
  test('has the shape of the format', () => {
    for (const course of all) expect(treatmentCourse.safeParse(course).error?.issues).toBeUndefined();
  });

  test('is read without a fault, from its own text', () => {
    for (const course of all) {
      const parsed = parseJson(writeJson(course));
      if (!parsed.ok) throw new Error('Not JSON.');
      const { value, issues } = readCourse(parsed.value);
      expect(issues.filter(({ code }) => !onPurpose.has(code))).toEqual([]);
      expect(writeJson(value)).toBe(writeJson(course));
    }
  }, 30_000);

  test('is written in the canonical order', () => {
    for (const course of all) expect(writeJson(course)).toBe(writeJson(canonicalCourse(course)));
  });

  test('says that it is synthetic', () => {
    for (const { site, sourceSystem } of all) {
      expect(`${site?.name ?? ''} ${sourceSystem ?? ''}`).toMatch(/synthetic/i);
    }
  });

  test('can be written to FHIR without an error, and is of its size there', () => {
    for (const course of all) {
      const { value, issues } = acceptCourse(course as unknown as Json, shippedDefinitions);
      expect(issues.filter((issue) => severityOf(issue) === 'error')).toEqual([]);
      if (value === undefined) throw new Error('Refused.');
      expect(mapCourse(value, shippedDefinitions).resources.length).toBe(resourceCount(course));
    }
    for (const course of small) expect(resourceCount(course)).toBeLessThanOrEqual(45);
    for (const course of full) {
      expect(resourceCount(course)).toBeGreaterThanOrEqual(270);
      expect(resourceCount(course)).toBeLessThanOrEqual(315);
    }
  }, 30_000);

  test('has an id and a patient of its own', () => {
    const more = [...all, ...coursesOf('small', 10, 2)];
    expect(new Set(more.map(({ id }) => id)).size).toBe(more.length);
    expect(new Set(more.map(({ patient }) => `${patient.system}|${patient.id}`)).size).toBe(more.length);
  });
});

test.each(programmeKeys)('%s: the same arguments give the same bytes, others do not', (key) => {
  const bytes = (seed: number, index: number): string => writeJson(synthesize(key, { seed, index, size: 'full' }));
  expect(bytes(5, 3)).toBe(bytes(5, 3));
  expect(bytes(5, 3)).not.toBe(bytes(5, 4));
  expect(bytes(5, 3)).not.toBe(bytes(6, 3));
});

test('a dose per weight is stated where the source of the programme states one', () => {
  const guangzhou = full.filter(({ id }) => id.includes('GZ-'));
  const planned = guangzhou.flatMap(({ sessions }) => (sessions ?? []).flatMap((s) => s.plannedDose?.perWeight ?? []));
  expect(planned.length).toBeGreaterThan(0);
  for (const { value } of planned) expect(['0.5', '0.50']).toContain(writeJson(value));
});

test('what is compared are two assessments of one instrument', () => {
  const compared = all.flatMap((course) =>
    [...(course.outcomes ?? []), ...(course.phaseTransitions ?? [])].map((part) => {
      const sideOf = (id: string | undefined) => course.assessments?.find((one) => one.id === id);
      return [sideOf(part.baselineAssessmentId), sideOf(part.currentAssessmentId)] as const;
    }),
  );
  const whole = compared.flatMap(([from, to]) => (from === undefined || to === undefined ? [] : [[from, to] as const]));
  expect(whole.length).toBeGreaterThan(100);
  for (const [from, to] of whole) {
    expect(from.id).not.toBe(to.id);
    expect(from.instrument).toBe(to.instrument);
  }
});

test('nothing happens after a death, and nobody is treated who has not come', () => {
  const died = all.filter(({ endReason }) => endReason === 'death');
  expect(died.length).toBeGreaterThan(3);
  for (const { followUps, sessions } of died) {
    expect(followUps).toBeUndefined();
    for (const session of sessions ?? []) {
      if (session.reason?.key !== 'death') continue;
      expect(session.status).toBe('notDone');
      expect([session.weight, session.readings, session.sideEffects]).toEqual([undefined, undefined, undefined]);
    }
  }
});
