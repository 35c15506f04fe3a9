import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import { courseDifferences, sameCourse } from '../../src/course/equal.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';

const read = (text: string): TreatmentCourse => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error('not JSON');
  return parsed.value as unknown as TreatmentCourse;
};

const text = readFileSync(new URL('../golden/maximal.course.json', import.meta.url), 'utf8');
const course = read(text);
const strict = { numbers: 'text' } as const;

describe('equal', () => {
  it('are courses whose parts and items stand in another order', () => {
    const other = {
      ...course,
      sessions: course.sessions?.toReversed(),
      phases: course.phases?.toReversed(),
      assessments: course.assessments?.map((one) => ({ ...one, ...(one.items && { items: one.items.toReversed() }) })),
    } as TreatmentCourse;
    expect(courseDifferences(course, other, strict)).toEqual([]);
  });

  it('are courses of which one says nothing with an empty list or object', () => {
    const other = { ...course, interviews: [], referral: { ...course.referral }, outcomes: [] };
    expect(sameCourse(course, { ...other, sessions: [...(course.sessions ?? [])] }, strict)).toBe(true);
    expect(sameCourse(read('{"sessions":[]}'), read('{"consent":{}}'), strict)).toBe(true);
  });

  it('are numbers by their digits with ourselves, by value with servers', () => {
    const other = read(text.replace('"value": 40.00', '"value": 40'));
    const at = 'TreatmentCourse.sessions[0].plannedDose.amount.value';
    expect(courseDifferences(course, other, strict)).toEqual([{ at, kind: 'changed' }]);
    expect(courseDifferences(course, other, { numbers: 'value' })).toEqual([]);
  });
});

describe('different', () => {
  it('is the order of a list without ids', () => {
    const modalities = course.psychotherapyPlan?.modalities?.toReversed();
    const other = { ...course, psychotherapyPlan: { ...course.psychotherapyPlan, modalities } } as TreatmentCourse;
    expect(courseDifferences(course, other, strict).map(({ at }) => at)).toEqual([
      'TreatmentCourse.psychotherapyPlan.modalities[0]',
      'TreatmentCourse.psychotherapyPlan.modalities[1]',
    ]);
  });

  it('is what only one of them has', () => {
    const { recorder: _, ...other } = course;
    expect(courseDifferences(course, other, strict)).toEqual([{ at: 'TreatmentCourse.recorder', kind: 'missing' }]);
    expect(courseDifferences(other, course, strict)).toEqual([{ at: 'TreatmentCourse.recorder', kind: 'extra' }]);
  });
});

describe('the canonical form', () => {
  it('sorts parts by time, then id, those without a time last', () => {
    const parts = [
      { id: 'c' },
      { id: 'b', at: '2026-01-05' },
      { id: 'a', at: '2026-01-05' },
      { id: 'd', at: '2026-01-04T23:30:00-02:00' },
    ];
    const sorted = canonicalCourse(read(writeJson({ suicideRisk: parts }))).suicideRisk;
    expect(sorted?.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'c']);
  });

  it('of itself is itself', () => {
    expect(writeJson(canonicalCourse(canonicalCourse(course)))).toBe(writeJson(canonicalCourse(course)));
  });
});
