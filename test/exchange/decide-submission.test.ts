import { describe, expect, it } from 'vitest';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { Ledger } from './submission-ledger.ts';

const head = { schemaVersion: '1', system: 'https://clinic.example/courses', id: 'C-1' };
const patient = { system: 'https://clinic.example/patients', id: 'P-1' };
const snapshot = (fields: object) => ({ ...head, patient, status: 'active', ...fields });
const partial = (fields: object) => ({ ...head, ...fields });
const reading = (id: string, beats: number) => ({ id, heartRate: { value: beats, unit: '/min' } });
const session = (id: string, more: object = {}) => ({ id, status: 'completed', ...more });
const retracted = { at: '2026-04-01' };

/** A ledger with these submissions in it, and the last decision. */
async function after(...given: readonly (readonly ['snapshot' | 'partial', object])[]) {
  const ledger = new Ledger();
  let last = await ledger.submit(...first(given));
  for (const [kind, json] of given.slice(1)) last = await ledger.submit(json, kind);
  const codes = last.issues.map(({ code, at }) => `${code} ${at.replace('TreatmentCourse', '')}`.trim());
  return { ledger, last, state: last.state, codes };
}

function first([one]: readonly (readonly ['snapshot' | 'partial', object])[]): [object, 'snapshot' | 'partial'] {
  if (one === undefined) throw new Error('nothing is given');
  return [one[1], one[0]];
}

const whole = (fields: object): ['snapshot', object] => ['snapshot', snapshot(fields)];
const part = (fields: object): ['partial', object] => ['partial', partial(fields)];

describe('a snapshot', () => {
  it('that is the first is in force', async () => {
    const { ledger, state } = await after(whole({}));
    expect([state, ledger.states, ledger.versions.length]).toEqual(['accepted', ['in-force'], 1]);
  });

  it('that is newer takes the place of the older', async () => {
    const { ledger, state } = await after(whole({ version: 1 }), whole({ version: 3, start: '2026' }));
    expect([state, ledger.states]).toEqual(['accepted', ['superseded', 'in-force']]);
    expect(ledger.course?.start).toBe('2026');
  });

  it('that is older is kept, and changes nothing', async () => {
    const { ledger, state, codes } = await after(whole({ version: 3 }), whole({ version: 1, start: '2026' }));
    expect([state, codes, ledger.states]).toEqual(['superseded', ['older-submission'], ['in-force', 'superseded']]);
    expect(ledger.versions.length).toBe(1);
  });

  it.each([
    ['in force', [whole({ version: 1 })]],
    ['superseded', [whole({ version: 1 }), whole({ version: 2 })]],
    ['without an order', [whole({})]],
  ])('that comes again is not kept again: %s', async (_, given) => {
    const { ledger } = await after(...given);
    const before = [...ledger.states];
    const decision = await ledger.submit(...first(given));
    expect(decision.state).toBe(before[0] === 'in-force' ? 'unchanged' : 'superseded');
    expect(decision.twin).toBe('s0');
    expect([ledger.states, ledger.versions.length]).toEqual([before, given.length]);
  });

  it('of the same version and other content is refused, in force or superseded', async () => {
    const given = [whole({ version: 1 }), whole({ version: 1, start: '2026' })];
    expect(await after(...given)).toMatchObject({ state: 'refused', codes: ['version-conflict .version'] });
    const late = [whole({ version: 1 }), whole({ version: 2 }), whole({ version: 1, start: '2026' })];
    expect(await after(...late)).toMatchObject({ state: 'refused', codes: ['version-conflict .version'] });
  });

  it('is ordered by when it was recorded, where one has no version', async () => {
    const earlier = whole({ recordedAt: '2026-01-05T10:00:00+01:00', version: 7 });
    const later = whole({ recordedAt: '2026-01-05T09:30:00Z' });
    expect((await after(earlier, later)).ledger.states).toEqual(['superseded', 'in-force']);
    expect((await after(later, earlier)).ledger.states).toEqual(['in-force', 'superseded']);
    const same = whole({ recordedAt: '2026-01-05T10:30:00+01:00' });
    expect((await after(later, same)).codes).toEqual(['version-conflict .recordedAt']);
  });

  it('that nothing orders is held, and in force once it is released', async () => {
    const { ledger, state, codes } = await after(whole({ version: 4 }), whole({ start: '2026' }));
    expect([state, codes, ledger.states]).toEqual(['held', ['order-unknown'], ['in-force', 'held']]);
    expect((await ledger.release()).state).toBe('accepted');
    expect([ledger.states, ledger.course?.start]).toEqual([['superseded', 'in-force'], '2026']);
    // It has the order of what it replaced.
    expect((await ledger.submit(snapshot({ version: 3 }))).state).toBe('superseded');
    expect((await ledger.submit(snapshot({ version: 5 }))).state).toBe('accepted');
  });

  it('of another patient is held', async () => {
    const { ledger, codes } = await after(
      whole({ version: 1 }),
      whole({ version: 2, patient: { ...patient, id: 'P-2' } }),
    );
    expect([codes, ledger.states]).toEqual([['patient-changed .patient'], ['in-force', 'held']]);
    expect(await ledger.release()).toMatchObject({ version: { patient: { value: 'P-2' } } });
  });

  it('that is newer than a held one makes it pointless', async () => {
    const moved = { ...patient, id: 'P-2' };
    const { ledger } = await after(whole({ version: 1 }), whole({ version: 2, patient: moved }), whole({ version: 3 }));
    expect(ledger.states).toEqual(['superseded', 'superseded', 'in-force']);
  });

  it('that is held is held again when it comes again, and refused with other content', async () => {
    const moved = whole({ version: 2, patient: { ...patient, id: 'P-2' } });
    const { ledger, state } = await after(whole({ version: 1 }), moved, moved);
    expect([state, ledger.states]).toEqual(['held', ['in-force', 'held']]);
    expect((await ledger.submit(snapshot({ version: 2 }))).issues.map(({ code }) => code)).toEqual([
      'version-conflict',
    ]);
  });
});

describe('a partial', () => {
  const base = whole({ version: 1, sessions: [session('1', { readings: [reading('a', 70)] }), session('2')] });

  it('is laid over the snapshot', async () => {
    const { ledger, state } = await after(
      base,
      part({ version: 2, sessions: [{ id: '1', readings: [reading('b', 71)] }] }),
    );
    expect([state, ledger.states]).toEqual(['accepted', ['in-force', 'in-force']]);
    expect(ledger.course?.sessions?.[0]?.readings?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(ledger.course?.version).toBe(2);
  });

  it('that came before its course waits for it', async () => {
    const later = part({ version: 2, sessions: [session('3')] });
    const { ledger, state, codes } = await after(later);
    expect([state, codes, ledger.states]).toEqual(['pending', ['course-without-snapshot'], ['pending']]);
    expect((await ledger.submit(...first([later]))).state).toBe('pending');
    await ledger.submit(...first([base]));
    expect(ledger.states).toEqual(['in-force', 'in-force']);
    expect(ledger.course?.sessions?.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('that is older than the snapshot changes nothing', async () => {
    const { ledger, state } = await after(whole({ version: 5 }), part({ version: 4, sessions: [session('1')] }));
    expect([state, ledger.states, ledger.versions.length]).toEqual(['superseded', ['in-force', 'superseded'], 1]);
  });

  it('that is late still says its own part, but not what a newer one says', async () => {
    const newer = part({ version: 5, sessions: [session('2', { note: 'new' })], setting: 'inpatient' });
    const late = part({ version: 3, sessions: [session('1', { note: 'late' }), session('2', { note: 'late' })] });
    const { ledger, state } = await after(base, newer, late);
    expect(state).toBe('accepted');
    expect(ledger.course?.sessions?.map(({ note }) => note)).toEqual(['late', 'new']);
    expect(ledger.course?.version).toBe(5);
  });

  it('that newer ones cover is superseded, whichever came first', async () => {
    const older = part({ version: 2, sessions: [session('2', { note: 'old' })] });
    const newer = part({ version: 3, sessions: [session('2', { note: 'new' })] });
    const one = await after(base, newer, older);
    expect([one.state, one.codes, one.ledger.states]).toEqual([
      'superseded',
      ['older-submission'],
      ['in-force', 'in-force', 'superseded'],
    ]);
    expect(await one.ledger.submit(...first([older]))).toMatchObject({ state: 'superseded', twin: 's2' });
    expect(one.ledger.submissions.length).toBe(3);
    const other = await after(base, older, newer);
    expect(other.ledger.states).toEqual(['in-force', 'superseded', 'in-force']);
    expect(other.ledger.text).toBe(one.ledger.text);
  });

  it('that says what is so already is kept for its order alone', async () => {
    const same = part({ version: 1, sessions: [session('2')] });
    expect((await after(base, same)).state).toBe('unchanged');
    const { ledger } = await after(base, part({ version: 3, sessions: [session('2')] }));
    // It was said at version 3, so that a later word of version 2 is not the last.
    await ledger.submit(partial({ version: 2, sessions: [session('2', { note: 'old' })] }), 'partial');
    expect(ledger.course?.sessions?.[1]?.note).toBeUndefined();
    const { ledger: unordered, state } = await after(whole({}), part({ status: 'active' }));
    expect([state, unordered.states]).toEqual(['unchanged', ['in-force']]);
  });

  it('of the version of another is refused only where the two contradict', async () => {
    const one = part({ version: 2, sessions: [session('1', { note: 'a' })] });
    expect((await after(base, one, part({ version: 2, sessions: [session('2', { note: 'b' })] }))).state).toBe(
      'accepted',
    );
    expect(
      (await after(base, one, part({ version: 2, sessions: [{ id: '1', readings: [reading('a', 9)] }] }))).state,
    ).toBe('accepted');
    for (const other of [session('1', { note: 'b' }), { id: '1', retracted }]) {
      const { codes } = await after(base, one, part({ version: 2, sessions: [other] }));
      expect(codes).toEqual(['version-conflict .version']);
    }
    const field = part({ version: 2, setting: 'inpatient' });
    expect((await after(base, field, part({ version: 2, setting: null }))).codes).toEqual([
      'version-conflict .version',
    ]);
    expect((await after(base, part({ version: 1, setting: 'inpatient' }))).codes).toEqual([
      'version-conflict .version',
    ]);
    const pending = part({ version: 2, setting: 'inpatient' });
    expect((await after(pending, part({ version: 2, setting: 'outpatient' }))).codes).toEqual([
      'version-conflict .version',
    ]);
  });

  it('and a snapshot of its version agree, or the second is refused', async () => {
    const said = part({ version: 2, sessions: [session('1', { note: 'a' })] });
    const agreeing = whole({
      version: 2,
      sessions: [session('1', { note: 'a', readings: [reading('a', 70)] }), session('2')],
    });
    const { ledger, state } = await after(base, said, agreeing);
    expect([state, ledger.states]).toEqual(['unchanged', ['superseded', 'superseded', 'in-force']]);
    expect((await after(base, said, whole({ version: 2 }))).codes).toEqual(['version-conflict .version']);
  });

  it('that lacks a part is tried again with whatever comes', async () => {
    const path = part({ version: 3, sessions: [{ id: '9', readings: [reading('x', 70)] }] });
    const link = part({ version: 4, adverseEvents: [{ id: 'e', sessionId: '9', event: { key: 'nausea' } }] });
    const waits = await after(base, path, link);
    expect([waits.state, waits.codes]).toEqual(['pending', ['part-not-known .adverseEvents[0].sessionId']]);
    expect(waits.ledger.states).toEqual(['in-force', 'pending', 'pending']);
    await waits.ledger.submit(partial({ version: 2, sessions: [session('9', { note: 'here' })] }), 'partial');
    expect(waits.ledger.states).toEqual(['in-force', 'in-force', 'in-force', 'in-force']);
    expect(waits.ledger.course?.sessions?.at(-1)).toMatchObject({ id: '9', note: 'here', readings: [{ id: 'x' }] });
    expect(waits.ledger.course?.adverseEvents?.length).toBe(1);
  });

  it('that no longer fits a newer snapshot is set aside', async () => {
    const path = part({ version: 3, sessions: [{ id: '2', readings: [reading('x', 70)] }] });
    const without = whole({ version: 2, sessions: [session('1', { readings: [reading('a', 70)] })] });
    const { ledger, state, codes } = await after(base, path, without);
    expect([state, codes, ledger.states]).toEqual([
      'accepted',
      ['partial-waits'],
      ['superseded', 'pending', 'in-force'],
    ]);
    const other = await after(base, without, path);
    expect(other.codes).toEqual(['part-not-known .sessions[0].status']);
    expect(other.ledger.text).toBe(ledger.text);
  });

  it('that contradicts the course is refused at its own places', async () => {
    const ended = whole({ version: 1, start: '2026-03', sessions: [session('2', { at: '2026-03-02T10:00:00Z' })] });
    const { codes, ledger } = await after(ended, part({ version: 2, end: '2026-01' }));
    expect([codes, ledger.states]).toEqual([['end-before-start .end'], ['in-force']]);
    expect(
      (await after(ended, part({ version: 2, start: '2026-05', sessions: [session('2', { at: '2026-03-02T10:00' })] })))
        .codes,
    ).toEqual(['time-without-zone .sessions[0].at']);
    expect(
      (await after(ended, part({ version: 2, end: '2026-05' }), part({ version: 3, start: '2026-06' }))).codes,
    ).toEqual(['end-before-start .end']);
  });

  it('that is late never puts a newer one out, but by what it takes back', async () => {
    const begun = whole({ version: 1, start: '2026-01', sessions: [session('1')] });
    const ended = part({ version: 3, end: '2026-03', sessions: [session('9')] });
    const { codes, ledger } = await after(begun, ended, part({ version: 2, start: '2026-05' }));
    expect([codes, ledger.states]).toEqual([['end-before-start .end'], ['in-force', 'in-force']]);
    const within = part({ version: 3, sessions: [{ id: '1', readings: [reading('x', 70)] }] });
    const back = await after(begun, within, part({ version: 2, sessions: [{ id: '1', retracted }] }));
    expect([back.codes, back.ledger.states, back.ledger.partCount]).toEqual([
      ['partial-waits'],
      ['in-force', 'pending', 'in-force'],
      0,
    ]);
  });

  it('that takes an assessment back says what follows', async () => {
    const answers = { instrument: 'phq9', statedTotal: 20 };
    const { ledger, codes } = await after(
      whole({
        version: 1,
        assessments: [
          { id: 'a', ...answers },
          { id: 'b', ...answers },
        ],
        outcomes: [{ id: 'o', instrument: 'phq9', baselineAssessmentId: 'a', currentAssessmentId: 'b' }],
      }),
      part({ version: 2, assessments: [{ id: 'b', retracted }] }),
    );
    expect(codes).toEqual(['retracted-along .assessments[0]']);
    expect(ledger.partCount).toBe(1);
  });

  it('is told what is worth saying of its own parts alone', async () => {
    const { codes } = await after(
      whole({ version: 1, sessions: [session('1', { readings: [{ ...reading('a', 70), statedMinutes: 1 }] })] }),
      part({ version: 2, sessions: [session('2', { readings: [{ ...reading('a', 70), statedMinutes: 1 }] })] }),
    );
    expect(codes).toEqual(['minutes-without-dose .sessions[0].readings[0].statedMinutes']);
  });

  it('without an order is in force where it adds, and held where it changes', async () => {
    const { ledger, state } = await after(base, part({ sessions: [session('3')], setting: 'inpatient' }));
    expect([state, ledger.course?.sessions?.length, ledger.course?.setting]).toEqual(['accepted', 3, 'inpatient']);
    for (const said of [
      { sessions: [session('2', { note: 'x' })] },
      { sessions: [{ id: '2', retracted }] },
      { status: 'onHold' },
    ]) {
      const changed = await after(base, part(said));
      expect([changed.state, changed.codes]).toEqual(['held', ['order-unknown']]);
      await changed.ledger.release();
      expect(changed.ledger.states).toEqual(['in-force', 'in-force']);
      expect(changed.ledger.versions.length).toBe(2);
    }
  });

  it('that is released lies over what it was to change', async () => {
    const { ledger } = await after(
      base,
      part({ version: 2, sessions: [session('2', { note: 'ordered' })] }),
      part({ sessions: [session('2', { note: 'unordered' })] }),
    );
    await ledger.release();
    expect(ledger.course?.sessions?.[1]?.note).toBe('unordered');
    await ledger.submit(partial({ version: 3, sessions: [session('2', { note: 'newer' })] }), 'partial');
    expect(ledger.course?.sessions?.[1]?.note).toBe('newer');
  });

  it('without an order that came before its course: the course was first', async () => {
    const said = part({ sessions: [session('1', { note: 'other' })] });
    expect((await after(said, base)).ledger.states).toEqual(['held', 'in-force']);
    const adding = part({ sessions: [session('9')] });
    expect((await after(adding, base)).ledger.states).toEqual(['in-force', 'in-force']);
  });

  it('at a local time is ordered in the zone of its course, whichever came first', async () => {
    const course = whole({ timeZone: 'Europe/Oslo', recordedAt: '2026-01-05T12:00' });
    const earlier = part({ recordedAt: '2026-01-05T11:30', setting: 'inpatient' });
    const later = part({ recordedAt: '2026-01-05T12:30', setting: 'outpatient' });
    for (const given of [
      [course, earlier, later],
      [later, earlier, course],
      [earlier, course, later],
    ]) {
      const { ledger } = await after(...given);
      expect(ledger.course?.setting).toBe('outpatient');
      expect(ledger.states.filter((state) => state === 'in-force').length).toBe(2);
    }
  });

  it('that would move a course that comes later to another patient is held then', async () => {
    const moving = part({ version: 2, patient: { ...patient, id: 'P-2' } });
    const { ledger } = await after(moving, base);
    expect([ledger.states, ledger.course?.patient.id]).toEqual([['held', 'in-force'], 'P-1']);
    expect((await after(base, moving)).codes).toEqual(['patient-changed .patient']);
  });
});

describe('taking back more than may be', () => {
  const full = synthesize('norway', { seed: 5, index: 2, size: 'full' });
  const course = { ...full, version: 1 } as TreatmentCourse;
  const half = { ...course, version: 2, sessions: course.sessions?.slice(0, (course.sessions.length + 1) / 2) };
  const links = {
    psychotherapySessions: undefined,
    assessments: undefined,
    outcomes: undefined,
    interviews: undefined,
    adverseEvents: undefined,
    phaseTransitions: undefined,
  };
  const [whole1, half1] = [
    { ...course, ...links },
    { ...half, ...links },
  ];

  it('is held where a target may hold it, and in force once it is released', async () => {
    const ledger = new Ledger();
    await ledger.submit(whole1);
    ledger.send();
    const { state, issues } = await ledger.submit(half1);
    expect(state).toBe('held');
    expect(issues[0]).toMatchObject({ code: 'would-retract', facts: { of: ledger.partCount } });
    expect(ledger.versions.length).toBe(1);
    expect((await ledger.release()).state).toBe('accepted');
    expect(ledger.course?.sessions?.length).toBe(half.sessions?.length);
  });

  it('is not held where nothing was sent', async () => {
    const ledger = new Ledger();
    await ledger.submit(whole1);
    expect((await ledger.submit(half1)).state).toBe('accepted');
  });

  it('counts parts within parts, and what is already gone is not counted twice', async () => {
    const readings = Array.from({ length: 40 }, (_, index) => reading(`r${index}`, 70));
    const of = (count: number, version: number) =>
      snapshot({ version, sessions: [session('1', { readings: readings.slice(0, count) })] });
    const ledger = new Ledger();
    await ledger.submit(of(40, 1));
    ledger.send();
    expect((await ledger.submit(of(35, 2))).state).toBe('accepted');
    expect((await ledger.submit(of(30, 3))).state).toBe('accepted');
    expect((await ledger.submit(of(24, 4))).issues).toEqual([
      { code: 'would-retract', at: 'TreatmentCourse', facts: { counted: 6, of: 41 } },
    ]);
  });

  it('is a share of a small course', async () => {
    const of = (count: number, version: number) =>
      snapshot({ version, sessions: Array.from({ length: count }, (_, index) => session(`${index}`)) });
    const ledger = new Ledger();
    await ledger.submit(of(5, 1));
    ledger.send();
    expect((await ledger.submit(of(4, 2))).state).toBe('accepted');
    ledger.send();
    expect((await ledger.submit(of(3, 3))).state).toBe('held');
  });

  it('counts of what a partial names that alone', async () => {
    const readings = Array.from({ length: 20 }, (_, index) => reading(`r${index}`, 70));
    const sessions = [session('1', { readings }), ...Array.from({ length: 9 }, (_, index) => session(`s${index}`))];
    const ledger = new Ledger();
    await ledger.submit(snapshot({ version: 1, sessions }));
    ledger.send();
    expect((await ledger.submit(partial({ version: 2, sessions: [{ id: '1', retracted }] }), 'partial')).state).toBe(
      'accepted',
    );
    const six = Array.from({ length: 6 }, (_, index) => ({ id: `s${index}`, retracted }));
    expect((await ledger.submit(partial({ version: 3, sessions: six }), 'partial')).state).toBe('held');
    expect(ledger.partCount).toBe(9);
  });

  it('is the whole course where it was entered in error', async () => {
    const sessions = Array.from({ length: 9 }, (_, index) => session(`${index}`));
    const ledger = new Ledger();
    await ledger.submit(snapshot({ version: 1, sessions }));
    ledger.send();
    expect((await ledger.submit(snapshot({ version: 2, sessions, status: 'enteredInError' }))).state).toBe('held');
    expect((await ledger.submit(partial({ version: 3, status: 'enteredInError' }), 'partial')).state).toBe('held');
  });

  it('by a partial that waited is held when its time comes', async () => {
    const sessions = Array.from({ length: 9 }, (_, index) => session(`${index}`));
    const ledger = new Ledger();
    await ledger.submit(snapshot({ version: 1, sessions }));
    ledger.send();
    const six = Array.from({ length: 6 }, (_, index) => ({ id: `${index}`, retracted }));
    const waiting = { version: 3, sessions: [...six, { id: 'x', readings: [reading('r', 70)] }] };
    expect((await ledger.submit(partial(waiting), 'partial')).state).toBe('pending');
    await ledger.submit(partial({ version: 2, sessions: [session('x')] }), 'partial');
    expect(ledger.states).toEqual(['in-force', 'held', 'in-force']);
    expect(ledger.partCount).toBe(10);
  });
});
