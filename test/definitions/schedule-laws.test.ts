import { assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session, TreatmentCourse } from '../../src/course/schema.ts';
import { readDefinitions, shippedDefinitions, shippedProgrammes } from '../../src/definitions/definitions.ts';
import { labelCourse, type Labels } from '../../src/definitions/schedule.ts';
import { coursesOf } from '../synthetic/courses.ts';
import { courseOf, guangzhouDays, norwayDays, sessionsOn } from './schedule-courses.ts';

const labelsOf = (course: TreatmentCourse): Labels =>
  labelCourse(course, shippedDefinitions.programme(course.programme?.key ?? ''));

const plain = ({ sessions, assessments }: Labels) => ({ sessions: [...sessions], assessments: [...assessments] });
const sorted = (labels: Labels) => {
  const { sessions, assessments } = plain(labels);
  const byId = <V>(entries: readonly (readonly [string, V])[]) => entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { sessions: byId(sessions), assessments: byId(assessments) };
};

describe('generated courses of every programme', () => {
  const courses = [...coursesOf('small', 60, 5), ...coursesOf('full', 20, 5)];

  it('have the same labels without phases, transitions and stated ordinals', () => {
    let stated = 0;
    for (const course of courses) {
      const { phases, phaseTransitions, ...rest } = course;
      const sessions = course.sessions?.map(({ phaseId, statedOrdinal, ...session }): Session => {
        stated += Number(phaseId !== undefined) + Number(statedOrdinal !== undefined);
        return session;
      });
      stated += (phases ?? []).length + (phaseTransitions ?? []).length;
      expect(plain(labelsOf({ ...rest, sessions }))).toEqual(plain(labelsOf(course)));
    }
    expect(stated).toBeGreaterThan(1000);
  });

  it('have the same labels in whatever order their parts come', () => {
    for (const course of courses) {
      const turned = {
        ...course,
        sessions: course.sessions?.toReversed(),
        assessments: course.assessments?.toReversed(),
      };
      expect(sorted(labelsOf(turned))).toEqual(sorted(labelsOf(course)));
    }
  });

  it('have labels at all', () => {
    const labels = courses.map(labelsOf);
    const sessions = labels.flatMap((one) => [...one.sessions.values()]);
    const kinds = labels.flatMap((one) => [...one.assessments.values()].map(({ kind }) => kind));
    expect(sessions.length).toBeGreaterThan(1000);
    expect(new Set(sessions.map(({ phase }) => phase))).toEqual(
      new Set(['initiation', 'treatment', 'maintenance', undefined]),
    );
    expect(new Set(kinds)).toEqual(new Set(['baseline', 'afterSession', 'day', 'week']));
  });
});

describe('one session moved by 28 days', () => {
  const deviationsOf = (key: string, days: readonly number[]): string[] => {
    const sessions = sessionsOn(days).map((session, n) => ({ ...session, id: `S${n}` }));
    return [...labelsOf(courseOf(key, { sessions })).sessions.values()].flatMap(({ deviations }) => deviations);
  };

  /** The days of a course of the plan, each gap one that a clinic's week or month may give. */
  const gaps = { norway: [3, 4, 27, 35], guangzhou: [2, 3, 2, 3] } as const;
  const courses = tuple(
    constantFrom('norway' as const, 'guangzhou' as const),
    tuple(...Array.from({ length: 11 }, () => integer({ min: 0, max: 99 }))),
    integer({ min: 2, max: 12 }),
  ).map(([key, draws, length]) => {
    const [least, most, leastMonth, mostMonth] = gaps[key];
    const days = [40];
    for (const [n, draw] of draws.entries()) {
      const [from, to] = n < 5 ? [least, most] : [leastMonth, mostMonth];
      days.push((days.at(-1) ?? 0) + from + (draw % (to - from + 1)));
    }
    return { key, days: days.slice(0, key === 'guangzhou' ? Math.min(length, 6) : length) };
  });

  it('is a deviation wherever it stands, and without it there is none', () => {
    assert(
      property(courses, integer({ min: 0, max: 11 }), constantFrom(28, -28), ({ key, days }, place, move) => {
        expect(deviationsOf(key, days)).toEqual([]);
        const moved = days.map((day, n) => (n === place % days.length ? day + move : day));
        const deviations = deviationsOf(key, moved);
        expect(deviations.some((one) => one === 'early' || one === 'late')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['norway', norwayDays],
    ['guangzhou', guangzhouDays],
  ] as const)('%s: each session of the course that the plan draws', (key, days) => {
    expect(deviationsOf(key, days)).toEqual([]);
    for (const move of [28, -28]) {
      for (const place of days.keys()) {
        const moved = days.map((day, n) => (n === place ? day + move + 100 : day + 100));
        expect({ place, move, deviations: deviationsOf(key, moved) }).toMatchObject({
          deviations: expect.arrayContaining([expect.stringMatching(/early|late/)]),
        });
      }
    }
  });
});

it('labels need nothing but the programme', () => {
  const alone = readDefinitions(shippedProgrammes);
  for (const course of coursesOf('small', 5, 6)) {
    const key = course.programme?.key ?? '';
    expect(plain(labelCourse(course, alone.programme(key)))).toEqual(plain(labelsOf(course)));
  }
});
