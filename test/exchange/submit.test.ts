import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import { courseServiceId } from '../../src/course/identity.ts';
import { rejectSubmission, releaseSubmission, submitTexts, withdrawCourse } from '../../src/exchange/submit.ts';
import { writeJson } from '../../src/json/json.ts';
import { beginDeliveries, course, partialOf, read, snapshotOf, submissionWorld } from './submissions.ts';

const id = courseServiceId(course);
const key = { schemaVersion: '1', system: course.system, id: course.id };
const [version1, version2] = [1, 2].map((version) => ({ ...course, version }));
const page = { limit: 100 };

async function submitted(...texts: Parameters<typeof submitTexts>[0]) {
  const world = await submissionWorld({ targets: ['t1', 't2'] });
  return { world, results: await submitTexts(texts, world) };
}

describe('what is submitted', () => {
  it('is on disk with its version, and a delivery to each target', async () => {
    const { world, results } = await submitted(snapshotOf(course));
    expect(results).toEqual([
      { id, state: 'accepted', submission: 'id-1', deliveries: ['id-2', 'id-3'], issues: results[0]?.issues },
    ]);
    const at = world.now();
    await read(world.store, async (tx) => {
      const text = writeJson(canonicalCourse(course));
      const hash = createHash('sha256').update(text).digest('hex');
      const record = await tx.course(id);
      expect(record).toMatchObject({
        key: { system: course.system, id: course.id },
        patient: { system: course.patient.system, value: course.patient.id },
        version: { hash, at },
      });
      expect(await tx.version(record?.version?.seq ?? 0)).toMatchObject({ text, hash });
      expect(await tx.submission('id-1')).toMatchObject({
        kind: 'snapshot',
        state: 'in-force',
        text,
        hash,
        receivedAt: at,
      });
      expect(await tx.delivery('id-3')).toMatchObject({ target: 't2', mode: 'changes', state: 'waiting', dueAt: at });
      expect(await tx.auditTrail(page)).toMatchObject([{ actor: 'test', action: 'submitted', subject: 'id-1', at }]);
    });
  });

  it('keeps every digit', async () => {
    const text = writeJson(course).replace('"value":35', '"value":35.00');
    const { world } = await submitted({ text, kind: 'snapshot' });
    const record = await read(world.store, (tx) => tx.course(id));
    const version = await read(world.store, (tx) => tx.version(record?.version?.seq ?? 0));
    expect(version?.text).toContain('"value":35.00');
  });

  it('in any order of fields and parts is the same', async () => {
    const turned = {
      ...Object.fromEntries(Object.entries(course).toReversed()),
      sessions: course.sessions?.toReversed(),
    };
    const { world, results } = await submitted(snapshotOf(course), snapshotOf(turned));
    expect(results[1]).toEqual({
      id,
      state: 'unchanged',
      submission: 'id-1',
      deliveries: [],
      issues: results[1]?.issues,
    });
    const history = await read(world.store, (tx) => tx.submissionsOf(id));
    expect(history.length).toBe(1);
    expect(await read(world.store, (tx) => tx.auditTrail(page))).toHaveLength(1);
  });

  it('supersedes the delivery that still waits, and adds one where another is in flight', async () => {
    const { world } = await submitted(snapshotOf({ ...version1 }), snapshotOf({ ...version2 }));
    const states = () =>
      read(world.store, async (tx) => (await tx.deliveries({ target: 't1' }, page)).map((one) => one.state));
    expect(await states()).toEqual(['superseded', 'waiting']);
    await beginDeliveries(world);
    await submitTexts([snapshotOf({ ...course, version: 3 })], world);
    expect(await states()).toEqual(['superseded', 'in-flight', 'waiting']);
  });

  it('is of the course of its address', async () => {
    const { results } = await submitted(
      { ...snapshotOf(course), addressedTo: id },
      {
        ...snapshotOf({ ...course, version: 4 }),
        addressedTo: courseServiceId({ system: 'https://a.example', id: '1' }),
      },
    );
    expect(results.map(({ state }) => state)).toEqual(['accepted', 'refused']);
    expect(results[1]?.issues.at(-1)).toEqual({ code: 'id-mismatch', at: '' });
  });
});

describe('a batch', () => {
  it('is taken line by line, each seeing those before it', async () => {
    const { world, results } = await submitted(
      snapshotOf({ ...version1 }),
      { text: '{', kind: 'snapshot' },
      snapshotOf({ ...course, version: -1 }),
      partialOf({ ...key, version: 3, setting: 'outpatient' }),
      snapshotOf({ ...version2 }),
      snapshotOf({ ...version2, setting: 'inpatient' }),
    );
    expect(results.map(({ state }) => state)).toEqual([
      'accepted',
      'refused',
      'refused',
      'accepted',
      'unchanged',
      'refused',
    ]);
    expect(results[1]).toEqual({
      state: 'refused',
      deliveries: [],
      issues: [{ code: 'malformed-json', at: '', facts: { line: 1, column: 2 } }],
    });
    expect(results[5]?.id).toBe(id);
    const record = await read(world.store, (tx) => tx.course(id));
    const version = await read(world.store, (tx) => tx.version(record?.version?.seq ?? 0));
    expect(JSON.parse(version?.text ?? '')).toMatchObject({ version: 3, setting: 'outpatient' });
  });

  it('is one transaction, with what is written beside it', async () => {
    const world = await submissionWorld();
    const failed = submitTexts([snapshotOf(course)], world, async (tx, results) => {
      expect(results.map(({ state }) => state)).toEqual(['accepted']);
      expect(await tx.course(id)).toBeDefined();
      throw new Error('no room');
    });
    await expect(failed).rejects.toThrow();
    expect(await read(world.store, (tx) => tx.course(id))).toBeUndefined();
  });

  it('of which nothing is good is answered beside what is written with it', async () => {
    const world = await submissionWorld();
    let answered = 0;
    await submitTexts([{ text: '[]', kind: 'snapshot' }], world, async () => void (answered += 1));
    expect(answered).toBe(1);
  });
});

describe('a partial without its course', () => {
  it('is of nobody until a snapshot says whose it is', async () => {
    const { world, results } = await submitted(partialOf({ ...key, version: 2, setting: 'outpatient' }));
    expect(results[0]).toMatchObject({ id, state: 'pending', deliveries: [] });
    expect(await read(world.store, (tx) => tx.course(id))).toEqual({
      id,
      key: { system: key.system, id: key.id },
      patient: { system: '', value: '' },
    });
    const [second] = await submitTexts([snapshotOf({ ...version1 })], world);
    expect(second).toMatchObject({ state: 'accepted', deliveries: [expect.any(String), expect.any(String)] });
    expect(await read(world.store, (tx) => tx.course(id))).toMatchObject({ patient: { value: course.patient.id } });
  });
});

describe('held submissions', () => {
  const other = { ...course.patient, id: 'somebody else' };
  const moved = snapshotOf({ ...version2, patient: other });

  it('bring nothing about until they are released', async () => {
    const { world, results } = await submitted(snapshotOf({ ...version1 }), moved);
    expect(results[1]).toMatchObject({ state: 'held', submission: 'id-4', deliveries: [] });
    const before = await read(world.store, (tx) => tx.course(id));
    expect(before?.patient.value).toBe(course.patient.id);
    const released = await releaseSubmission('id-4', world);
    expect(released).toMatchObject({ id, state: 'accepted', submission: 'id-4', deliveries: ['id-5', 'id-6'] });
    await read(world.store, async (tx) => {
      expect((await tx.course(id))?.patient.value).toBe('somebody else');
      expect((await tx.submissionsOf(id)).map(({ state }) => state)).toEqual(['superseded', 'in-force']);
      expect((await tx.auditTrail(page)).map(({ action, subject }) => `${action} ${subject}`)).toContain(
        'released id-4',
      );
    });
    expect((await releaseSubmission('id-4', world)).issues).toEqual([{ code: 'not-held', at: '' }]);
  });

  it('change nothing once they are rejected', async () => {
    const { world } = await submitted(snapshotOf({ ...version1 }), moved);
    expect(await rejectSubmission('id-4', world)).toMatchObject({ id, state: 'superseded', submission: 'id-4' });
    expect((await rejectSubmission('id-4', world)).issues).toEqual([{ code: 'not-held', at: '' }]);
    expect((await read(world.store, (tx) => tx.submissionsOf(id))).map(({ state }) => state)).toEqual([
      'in-force',
      'superseded',
    ]);
  });

  it('that nobody knows are said to be unknown', async () => {
    const world = await submissionWorld();
    const unknown = { state: 'refused', deliveries: [], issues: [{ code: 'submission-unknown', at: '' }] };
    expect(await releaseSubmission('x', world)).toEqual(unknown);
    expect(await rejectSubmission('x', world)).toEqual(unknown);
  });

  it('are a snapshot with half its sessions missing, once a version was sent', async () => {
    const sessions = Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, status: 'completed' as const }));
    const whole = { ...key, patient: course.patient, status: 'active', version: 1, sessions };
    const half = { ...whole, version: 2, sessions: sessions.slice(0, 6) };
    const world = await submissionWorld();
    await submitTexts([snapshotOf(whole)], world);
    const [begun] = await beginDeliveries(world);
    const [result] = await submitTexts([snapshotOf(half)], world);
    expect(result).toMatchObject({ state: 'held', deliveries: [] });
    expect(result?.issues).toContainEqual({
      code: 'would-retract',
      at: 'TreatmentCourse',
      facts: { counted: 6, of: 12 },
    });
    expect((await read(world.store, (tx) => tx.course(id)))?.version?.seq).toBe(begun?.versionSeq);
    expect(await read(world.store, (tx) => tx.deliveries({}, page))).toHaveLength(1);
    const released = await releaseSubmission(result?.submission ?? '', world);
    expect(released).toMatchObject({ state: 'accepted', deliveries: [expect.any(String)] });
  });
});

describe('withdrawing', () => {
  it('makes the whole course one that was entered in error', async () => {
    const { world } = await submitted(
      snapshotOf({ ...version1 }),
      partialOf({ ...key, version: 2, setting: 'outpatient' }),
    );
    const result = await withdrawCourse(id, 'Of a test system', world);
    expect(result).toMatchObject({ id, state: 'accepted', deliveries: [expect.any(String), expect.any(String)] });
    await read(world.store, async (tx) => {
      const version = await tx.version((await tx.course(id))?.version?.seq ?? 0);
      expect(JSON.parse(version?.text ?? '')).toMatchObject({
        status: 'enteredInError',
        corrected: { at: '2026-04-01T12:00:00.000Z', reason: 'Of a test system' },
        setting: 'outpatient',
        sessions: [{ id: '1' }, { id: '2' }],
      });
      expect((await tx.submissionsOf(id)).map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
        ['snapshot', 'superseded', undefined],
        ['partial', 'superseded', undefined],
        ['withdrawal', 'in-force', 'Of a test system'],
      ]);
      expect((await tx.auditTrail(page)).at(-1)).toMatchObject({ action: 'withdrawn', subject: id });
    });
    expect(await withdrawCourse(id, 'again', world)).toMatchObject({ state: 'unchanged', deliveries: [] });
  });

  it('holds what comes later, and not what was known', async () => {
    const { world } = await submitted(snapshotOf({ ...version1 }), snapshotOf({ ...version2 }));
    await withdrawCourse(id, 'Of a test system', world);
    const results = await submitTexts(
      [
        snapshotOf({ ...version2 }),
        snapshotOf({ ...version1 }),
        snapshotOf({ ...course, version: 3 }),
        partialOf({ ...key, version: 2, sessions: [{ id: '9', status: 'notDone' }] }),
        snapshotOf({ ...version2, setting: 'inpatient' }),
      ],
      world,
    );
    expect(results.map(({ state }) => state)).toEqual(['superseded', 'superseded', 'held', 'held', 'refused']);
    expect(results[2]?.issues.map(({ code }) => code)).toContain('course-withdrawn');
    expect(await releaseSubmission(results[2]?.submission ?? '', world)).toMatchObject({ state: 'accepted' });
    const record = await read(world.store, (tx) => tx.course(id));
    const version = await read(world.store, (tx) => tx.version(record?.version?.seq ?? 0));
    expect(JSON.parse(version?.text ?? '')).toMatchObject({ status: 'active', version: 3 });
  });

  it('needs a course, and a reason that can be written', async () => {
    const { world } = await submitted(snapshotOf(course));
    expect((await withdrawCourse('x', 'why', world)).issues).toEqual([{ code: 'course-unknown', at: '' }]);
    expect(await withdrawCourse(id, ' ', world)).toMatchObject({
      state: 'refused',
      issues: [{ code: 'invalid-text', at: 'TreatmentCourse.corrected.reason' }],
    });
  });
});
