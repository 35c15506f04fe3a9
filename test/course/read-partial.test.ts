import { describe, expect, it } from 'vitest';
import { readPartial } from '../../src/course/read-partial.ts';
import { everything, jsonFrom, partial, saying } from './partials.ts';

const faults = (fields: object): string[] =>
  readPartial(saying(fields)).issues.map(({ code, at }) => `${code} ${at.replace('TreatmentCourse.', '')}`);

describe('a partial', () => {
  it('says what it gives, clears what is null, and leaves the rest', () => {
    const { key, fields, lists } = partial({ version: 3, endReason: null, consent: { given: false }, referral: {} });
    expect(key).toEqual({ system: everything.system, id: everything.id });
    expect([...fields]).toEqual([
      ['version', 3],
      ['endReason', null],
      ['consent', { given: false }],
    ]);
    expect(lists.size).toBe(0);
  });

  it('names a session to say it, to lead to its parts, or to take it back', () => {
    const reading = { id: 'r1', heartRate: { value: 70, unit: '/min' } };
    const { lists } = partial({
      sessions: [
        { id: 's1', readings: [reading, { id: 'r2', retracted: { at: '2026-01-12' } }] },
        { id: 's2', status: 'notDone', at: '2026-01-15' },
        { id: 's3', retracted: { at: '2026-01-12T10:00', reason: 'Another patient' } },
      ],
    });
    const [path, said, gone] = lists.get('sessions') ?? [];
    expect(path?.own).toBeUndefined();
    expect(path?.lists.get('readings')?.[0]?.own).toEqual(reading);
    expect(path?.lists.get('readings')?.[1]?.retracted).toEqual({ at: '2026-01-12' });
    expect(said?.own).toEqual({ id: 's2', status: 'notDone', at: '2026-01-15' });
    expect(gone).toMatchObject({ id: 's3', index: 2, retracted: { reason: 'Another patient' } });
    expect(gone?.own).toBeUndefined();
  });

  it('keeps every digit', () => {
    const json = jsonFrom(
      `{"schemaVersion":"1","system":"https://a.example","id":"1","sessions":[{"id":"1","status":"completed","weight":{"value":70.50,"unit":"kg"}}]}`,
    );
    const own = readPartial(json).value?.lists.get('sessions')?.[0]?.own;
    expect(JSON.stringify(own)).toBe('{"id":"1","status":"completed","weight":{"value":70.50,"unit":"kg"}}');
  });

  it('need not be a whole course, but says whose it is', () => {
    expect(readPartial(jsonFrom('{}')).issues.map(({ code, at }) => `${code} ${at}`)).toEqual([
      'missing-field TreatmentCourse.schemaVersion',
      'missing-field TreatmentCourse.system',
      'missing-field TreatmentCourse.id',
    ]);
    expect(readPartial(jsonFrom('[]')).issues).toEqual([{ code: 'not-a-course', at: 'TreatmentCourse' }]);
  });
});

describe('refused is', () => {
  it.each([
    ['an unknown field', { programe: {} }, ['unknown-field programe']],
    ['a null of nothing', { programe: null }, ['unknown-field programe']],
    ['a required field cleared', { status: null }, ['cannot-be-cleared status']],
    ['the patient cleared', { patient: null }, ['cannot-be-cleared patient']],
    ['a list of parts cleared', { sessions: null }, ['cannot-be-cleared sessions']],
    [
      'a list within a part cleared',
      { sessions: [{ id: '1', readings: null }] },
      ['cannot-be-cleared sessions[0].readings'],
    ],
    ['a list that is none', { sessions: {} }, ['wrong-type sessions']],
    ['a part that is none', { sessions: [7] }, ['wrong-type sessions[0]']],
    ['a null in a part', { interviews: [{ id: '1', improvement: 'none', at: null }] }, ['wrong-type interviews[0].at']],
    ['a part without an id', { phases: [{ key: 'treatment' }] }, ['missing-field phases[0].id']],
    ['a path without an id', { sessions: [{ readings: [] }] }, ['missing-field sessions[0].id']],
    [
      'a session that is more than a path',
      { sessions: [{ id: '1', note: 'x' }] },
      ['missing-field sessions[0].status'],
    ],
    [
      'a part twice',
      {
        phases: [
          { id: '1', key: 'treatment' },
          { id: '1', retracted: { at: '2026' } },
        ],
      },
      ['duplicate-id phases[1].id'],
    ],
    ['the course taken back', { retracted: { at: '2026' } }, ['unknown-field retracted']],
    [
      'a retraction with content',
      { phases: [{ id: '1', retracted: { at: '2026' }, key: 'treatment' }] },
      ['retracted-with-content phases[0].key'],
    ],
    ['a retraction without a time', { phases: [{ id: '1', retracted: {} }] }, ['missing-field phases[0].retracted.at']],
    [
      'a retraction that says more',
      { phases: [{ id: '1', retracted: { at: '2026', by: 'x' } }] },
      ['unknown-field phases[0].retracted.by'],
    ],
    ['a retraction that is null', { phases: [{ id: '1', retracted: null }] }, ['wrong-type phases[0].retracted']],
    ['a retraction without an id', { phases: [{ retracted: { at: '2026' } }] }, ['missing-field phases[0].id']],
    [
      'a rule broken within a part',
      { phases: [{ id: '1', key: 'treatment', from: '2026-02', to: '2026-01' }] },
      ['end-before-start phases[0].to'],
    ],
    [
      'two alternatives',
      { adverseEvents: [{ id: '1', event: { key: 'nausea', system: 'https://a.example', code: 'a' } }] },
      ['one-of-needed adverseEvents[0].event'],
    ],
    [
      'a part that rests on one that is taken back with it',
      {
        assessments: [{ id: 'a1', retracted: { at: '2026' } }],
        outcomes: [{ id: 'o9', instrument: 'phq9', baselineAssessmentId: 'a1', currentAssessmentId: 'a2' }],
      },
      ['dangling-link outcomes[0].baselineAssessmentId'],
    ],
  ])('%s', (_, fields, expected) => {
    expect(faults(fields)).toEqual(expected);
    expect(readPartial(saying(fields)).value).toBeUndefined();
  });

  it('everything at once, each at its place', () => {
    const found = faults({
      status: 'done',
      setting: null,
      sessions: [
        { id: 's1', readings: [{ id: 'r', heartRate: { value: 70, unit: 'bpm' } }, { id: 'r' }] },
        { id: 's1' },
      ],
      phases: [{ id: 'p', retracted: { at: 'yesterday' }, key: 'treatment' }],
    });
    expect(found.toSorted()).toEqual([
      'duplicate-id sessions[0].readings[1].id',
      'duplicate-id sessions[1].id',
      'invalid-time phases[0].retracted.at',
      'not-in-list status',
      'retracted-with-content phases[0].key',
      'unknown-unit sessions[0].readings[0].heartRate.unit',
    ]);
  });
});

it('what the course may have is not asked of the partial: links, its zone, its status', () => {
  const fields = {
    recordedAt: '2026-04-03T08:00',
    sessions: [{ id: 's9', status: 'completed', at: '2026-04-01T09:00', phaseId: 'ph1' }],
    outcomes: [{ id: 'o9', instrument: 'phq9', baselineAssessmentId: 'a1', currentAssessmentId: 'a9' }],
  };
  expect(faults(fields)).toEqual([]);
});
