import { describe, expect, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import { readCourse } from '../../src/course/read-course.ts';
import { treatmentCourse, type TreatmentCourse } from '../../src/course/schema.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';
import { programmes, type ProgrammeKey, type Size } from '../../src/synthetic/programmes.ts';
import { resourceCount } from '../../src/synthetic/size.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';

const keys = Object.keys(programmes) as ProgrammeKey[];
const many = (size: Size, each: number): readonly TreatmentCourse[] =>
  keys.flatMap((key) => Array.from({ length: each }, (_, index) => synthesize(key, { seed: 1, index, size })));
const small = many('small', 100);
const full = many('full', 10);
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
      expect(value).toEqual(course);
    }
  });

  test('is in its canonical order', () => {
    for (const course of all) expect(writeJson(course)).toBe(writeJson(canonicalCourse(course)));
  });

  test('says that it is synthetic', () => {
    for (const { site, sourceSystem } of all) {
      expect(`${site?.name ?? ''} ${sourceSystem ?? ''}`).toMatch(/synthetic/i);
    }
  });

  test('is of its size', () => {
    for (const course of small) expect(resourceCount(course)).toBeLessThanOrEqual(40);
    for (const course of full) {
      expect(resourceCount(course)).toBeGreaterThanOrEqual(230);
      expect(resourceCount(course)).toBeLessThanOrEqual(330);
    }
  });

  test('is another one', () => {
    const ids = all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const patients = all.map(({ patient }) => `${patient.system}|${patient.id}`);
    expect(new Set(patients).size).toBe(patients.length);
  });
});
