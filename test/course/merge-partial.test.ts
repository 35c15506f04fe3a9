import { describe, expect, it } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import { courseDifferences } from '../../src/course/equal.ts';
import { mergePartial } from '../../src/course/merge-partial.ts';
import { linkedId, links, withoutLink } from '../../src/course/partial-links.ts';
import { placeInPartial } from '../../src/course/partial-places.ts';
import { isWithin, partKey, partKeys, partsOf } from '../../src/course/parts.ts';
import { readCourse } from '../../src/course/read-course.ts';
import { readPartial } from '../../src/course/read-partial.ts';
import { checkRules } from '../../src/course/rules.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { courseShape, fieldsOf } from '../../src/course/shape.ts';
import { writeJson, type Json, type JsonObject } from '../../src/json/json.ts';
import { coursesOf } from '../synthetic/courses.ts';
import { everything, partial, saying } from './partials.ts';

const merged = (fields: object, course = everything) => mergePartial(course, partial(fields, course));
const differences = (fields: object): string[] =>
  courseDifferences(everything, merged(fields).course as unknown as TreatmentCourse, { numbers: 'text' }).map(
    ({ kind, at }) => `${kind} ${at.replace('TreatmentCourse.', '')}`,
  );

const [s1] = everything.sessions ?? [];
const retracted = { at: '2026-04-03', reason: 'Of somebody else' };

describe('merging', () => {
  it('nothing changes nothing', () => {
    expect(differences({})).toEqual([]);
    expect(differences({ sessions: [], consent: {} })).toEqual([]);
  });

  it('replaces or clears a field of the course as a whole', () => {
    expect(differences({ version: 43, endReason: null, consent: { given: true } })).toEqual([
      'changed version',
      'missing endReason',
      'missing consent.at',
      'missing consent.scope',
    ]);
  });

  it('replaces what a part says of itself, and keeps the parts within', () => {
    const { session } = { session: { id: 's1', status: 'completed', at: '2026-01-12T09:00' } };
    const [first] = (merged({ sessions: [session] }).course as unknown as TreatmentCourse).sessions ?? [];
    const { readings, administrations, sideEffects, dissociation, sedation } = s1 ?? {};
    expect(first).toEqual({ ...session, readings, administrations, sideEffects, dissociation, sedation });
  });

  it('goes through a path to a part within', () => {
    const reading = { id: 'new', at: '2026-01-12T10:00', heartRate: { value: 71, unit: '/min' } };
    const after = merged({ sessions: [{ id: 's1', readings: [reading] }] }).course as unknown as TreatmentCourse;
    expect(after.sessions?.[0]?.readings).toEqual([...(s1?.readings ?? []), reading]);
    expect({ ...after.sessions?.[0], readings: undefined }).toEqual({ ...s1, readings: undefined });
  });

  it('adds what nobody had', () => {
    expect(differences({ sessions: [{ id: 'new', status: 'notDone' }] })).toEqual(['extra sessions[4]']);
    expect(differences({ phases: [{ id: 'new', key: 'integration' }] })).toEqual(['extra phases[2]']);
  });

  it('leaves the course that it was given alone', () => {
    const before = writeJson(everything);
    merged({ sessions: [{ id: 's1', retracted }], assessments: [{ id: 'a1', retracted }] });
    expect(writeJson(everything)).toBe(before);
  });
});

describe('taking back', () => {
  it('a part within another takes that one alone', () => {
    const [reading] = s1?.readings ?? [];
    const result = merged({ sessions: [{ id: 's1', readings: [{ id: reading?.id, retracted }] }] });
    expect(result.issues).toEqual([]);
    expect(result.retracted).toEqual([
      [
        ['sessions', 's1'],
        ['readings', reading?.id],
      ],
    ]);
    const gone = new Set(partKeys(everything)).difference(partKeys(result.course as unknown as TreatmentCourse));
    expect([...gone]).toEqual(result.retracted.map(partKey));
  });

  it('a session clears every link to it', () => {
    const { course, issues } = merged({ phases: [], sessions: [{ id: 's1', retracted }] });
    const after = course as unknown as TreatmentCourse;
    expect(after.sessions?.map(({ id }) => id)).not.toContain('s1');
    expect(after.psychotherapySessions?.[0]?.sessionId).toBeUndefined();
    expect(after.adverseEvents?.[0]?.sessionId).toBeUndefined();
    expect(after.adverseEvents?.[0]?.note).toBe('Told at the next visit');
    expect(issues).toContainEqual({
      code: 'link-cleared',
      at: 'TreatmentCourse.sessions[0]',
      facts: { link: 'TreatmentCourse.adverseEvents[0].sessionId' },
    });
    expect(checkRules(after).filter(({ code }) => code === 'dangling-link')).toEqual([]);
  });

  it('an assessment takes the outcome along that rests on it, and clears what a transition says of it', () => {
    const { course, issues, retracted: named } = merged({ assessments: [{ id: 'a1', retracted }] });
    expect(course['outcomes']).toBeUndefined();
    expect(course['phaseTransitions']).toMatchObject([{ id: 't1', currentAssessmentId: 'a2' }]);
    expect((course['phaseTransitions'] as readonly JsonObject[])[0]).not.toHaveProperty('baselineAssessmentId');
    expect(named.length).toBe(1);
    expect(issues).toEqual([
      {
        code: 'link-cleared',
        at: 'TreatmentCourse.assessments[0]',
        facts: { link: 'TreatmentCourse.phaseTransitions[0].baselineAssessmentId' },
      },
      { code: 'retracted-along', at: 'TreatmentCourse.assessments[0]', facts: { part: 'TreatmentCourse.outcomes[0]' } },
    ]);
  });

  it('a phase takes the transition to it along, and clears the one from it', () => {
    expect(merged({ phases: [{ id: 'ph2', retracted }] }).course['phaseTransitions']).toBeUndefined();
    const left = merged({ phases: [{ id: 'ph1', retracted }] }).course['phaseTransitions'];
    expect(left).toMatchObject([{ toPhaseId: 'ph2' }]);
    expect((left as readonly JsonObject[])[0]).not.toHaveProperty('fromPhaseId');
  });

  it('what nobody has is no fault, and makes nothing', () => {
    const nobody = [{ id: 'nobody', retracted }];
    const fields = { interviews: nobody, sessions: [...nobody, { id: 'nor', readings: nobody }] };
    expect(differences(fields)).toEqual([]);
    expect(merged(fields).issues).toEqual([]);
    expect(merged(fields).retracted).toEqual([]);
  });

  it('at a local time needs the zone of the course', () => {
    const at = 'TreatmentCourse.interviews[0].retracted.at';
    const taken = (time: string): object => ({ interviews: [{ id: 'i1', retracted: { at: time } }] });
    expect(merged(taken('2026-03-29T12:30')).issues).toEqual([]);
    expect(merged(taken('2026-03-29T02:30')).issues).toEqual([{ code: 'nonexistent-local-time', at }]);
    expect(merged({ ...taken('2026-03-29T12:30'), timeZone: null }).issues).toEqual([
      { code: 'time-without-zone', at },
    ]);
  });
});

describe('the links of the format', () => {
  const named = links.map(({ list, field }) => [list, ...field].join('.'));

  it('are all fields that name a part', () => {
    const all = [...fieldsOf(courseShape, [])].filter((name) => name.endsWith('Id') && !name.endsWith('.linkId'));
    expect(named.toSorted()).toEqual(all.toSorted());
  });

  it.each(links.map((link, index) => [named[index], link] as const))(
    '%s dangles where its part is not there',
    (_, link) => {
      const { [link.to]: __, ...course } = everything as unknown as JsonObject;
      const places = checkRules(course)
        .filter(({ code }) => code === 'dangling-link')
        .map(({ at }) => at.replace(/\[\d+\]/, '').replace('TreatmentCourse.', ''));
      const linking = ((course[link.list] as readonly Json[] | undefined) ?? []).some((part) => linkedId(part, link));
      // A link from a list to itself there is none, so every list that links is still there.
      expect(linking).toBe(true);
      expect(places).toContain([link.list, ...link.field].join('.'));
    },
  );
});

it.each(links)('$list is nothing without its link by $field: $required', (link) => {
  const parts = (everything as unknown as Record<string, readonly JsonObject[]>)[link.list] ?? [];
  const left = parts.map((part) => withoutLink(part, link.field));
  const { issues } = readCourse({ ...(everything as unknown as JsonObject), [link.list]: left });
  expect(issues.some(({ code }) => code === 'missing-field')).toBe(link.required);
});

describe('a place of the merged course', () => {
  const fields = {
    endReason: null,
    sessions: [
      { id: 's2', readings: [{ id: 'x' }, { id: 'r', heartRate: { value: 1, unit: '/min' } }] },
      { id: 'n', sedation: [{ id: '1', scale: 'moaas', score: 5 }] },
    ],
    interviews: [{ id: 'i9', improvement: 'none' }],
  };
  const given = partial(fields);
  const { course } = mergePartial(everything, given);
  const place = (at: string): string | undefined =>
    placeInPartial(`TreatmentCourse.${at}`, course, given)?.replace('TreatmentCourse.', '');
  const [readings] = (course['sessions'] as readonly JsonObject[]).flatMap(({ id, readings: r }) =>
    id === 's2' ? [r] : [],
  );

  it('is in the partial where its part is, by id', () => {
    expect(place('interviews[1].improvement')).toBe('interviews[0].improvement');
    expect((readings as readonly Json[]).length).toBe(2);
    expect(place('sessions[1].readings[1].heartRate.value')).toBe('sessions[0].readings[1].heartRate.value');
    expect(place('endReason')).toBe('endReason');
  });

  it('is not there where others said it', () => {
    expect(place('interviews[0].improvement')).toBeUndefined();
    expect(place('sessions[1].at')).toBeUndefined();
    expect(place('sessions[0].readings[0]')).toBeUndefined();
    expect(place('start')).toBeUndefined();
    expect(placeInPartial('TreatmentCourse', course, given)).toBeUndefined();
  });

  it('is the path, where nobody else says the part', () => {
    expect(place('sessions[4].status')).toBe('sessions[1].status');
  });
});

describe('every part of every generated course', () => {
  const courses = [everything, ...coursesOf('small', 6), ...coursesOf('full', 1)];

  /** The partial that says one part of a course alone: a path down to it. */
  const alone = (course: TreatmentCourse, way: readonly (readonly [string, string])[]): JsonObject => {
    const [[list, id] = ['', ''], ...rest] = way;
    const part =
      ((course as unknown as JsonObject)[list] as readonly JsonObject[]).find((one) => one['id'] === id) ?? {};
    return { [list]: [rest.length === 0 ? part : { id, ...alone(part as unknown as TreatmentCourse, rest) }] };
  };

  it('as a partial changes nothing and retracts nothing', () => {
    let count = 0;
    for (const course of courses) {
      const text = writeJson(canonicalCourse(course));
      for (const { way } of partsOf(course)) {
        const { value, issues } = readPartial(saying(alone(course, way), course));
        expect(issues).toEqual([]);
        if (value === undefined) continue;
        const after = mergePartial(course, value);
        expect([after.issues, after.retracted]).toEqual([[], []]);
        expect(writeJson(canonicalCourse(after.course as unknown as TreatmentCourse))).toBe(text);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(1000);
  });

  it('taken back leaves a course without dangling links, and without that part and what is within', () => {
    for (const course of courses.slice(0, 12)) {
      const all = partKeys(course);
      for (const { way, key } of partsOf(course)) {
        const back = way.reduceRight<object>(
          (within, [list, id], depth) => ({
            [list]: [depth === way.length - 1 ? { id, retracted } : { id, ...within }],
          }),
          {},
        );
        const { course: after, issues } = mergePartial(course, partial(back, course));
        const left = partKeys(after as unknown as TreatmentCourse);
        const gone = [...all].filter((one) => !left.has(one));
        const along = issues.filter(({ code }) => code === 'retracted-along').length;
        expect(gone.filter((one) => !isWithin(one, key)).length).toBe(along);
        expect(gone).toContain(key);
        expect(checkRules(after).filter(({ code }) => code === 'dangling-link')).toEqual([]);
      }
    }
  });
});
