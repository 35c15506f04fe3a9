import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { courseServiceId } from '../../src/course/identity.ts';
import { fhir } from '../http/service.ts';
import { switchable } from './switchable.ts';
import { run, type Outcome } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));
vi.stubEnv('INIT_CWD', folder);
vi.stubEnv('FHIR_BASE_URL', '');
vi.stubEnv('COURSEBRIDGE_RETRY_SECONDS', '0.01');
vi.stubEnv('COURSEBRIDGE_RETRY_CAP_SECONDS', '0.05');
vi.stubEnv('COURSEBRIDGE_SETTLE_SECONDS', '0.05');
let number = 0;
beforeEach(() => void vi.stubEnv('COURSEBRIDGE_DATA', `data-${(number += 1)}`));

const system = 'https://hospital.example.org/courses';
const named = (id: string): string => `${system}|${id}`;
const own = (id: string): string => courseServiceId({ system, id });

/** A course with so many sessions. */
const course = (id: string, version: number, sessions = 10, more: object = {}): string =>
  JSON.stringify({
    schemaVersion: '1',
    system,
    id,
    version,
    patient: { system: 'https://hospital.example.org/patients', id: `P-${id}` },
    status: 'active',
    sessions: Array.from({ length: sessions }, (_, n) => ({ id: String(n + 1), status: 'completed' })),
    ...more,
  });

/** Pushes texts, making patients. */
const push = (base: string, ...texts: readonly string[]): Promise<Outcome> =>
  run(['push', '-', '--to', base, '--patients', 'create'], texts.join('\n'));

const json = ({ out }: Outcome): Record<string, unknown>[] =>
  out.map((line) => JSON.parse(line) as Record<string, unknown>);

const states = (outcome: Outcome): unknown[] => json(outcome).map(({ state }) => state);

/** The statuses of the sessions' records, or whatever else of a code, on the target. */
async function statusesOn(base: string, code = 'session-record'): Promise<string[]> {
  const url = `${base}/Observation?code=https://w3id.org/coursebridge/CodeSystem/observation%7C${code}&_count=100`;
  const bundle = (await (await fetch(url)).json()) as { entry?: { resource: { status: string } }[] };
  return (bundle.entry ?? []).map(({ resource }) => resource.status).toSorted();
}

describe('push', () => {
  test('what waits while the target is away goes when it is back, without files', async () => {
    const target = await switchable();
    target.away = true;
    const first = await push(target.base, course('a', 1), course('b', 1));
    expect([first.code, states(first), first.err.at(-1)]).toEqual([
      3,
      ['waiting', 'waiting'],
      'push: 2 courses read, 2 waiting.',
    ]);
    expect(first.err).toContain(`push: what is pushed is kept in ${join(folder, `data-${number}`)}`);

    target.away = false;
    const second = await run(['push', '--to', target.base, '--patients', 'create']);
    expect([second.code, states(second), second.err.at(-1)]).toEqual([
      0,
      ['delivered', 'delivered'],
      'push: no files, 2 delivered.',
    ]);
    expect(json(second)[0]).toMatchObject({ id: expect.any(String) as string, holds: { version: 1 } });
    expect((await run(['push', '--to', target.base])).err.at(-1)).toBe('push: no files, nothing to deliver.');
  });

  test('again is safe, and another target gets what the first has', async () => {
    const [one, other] = [await fhir(), await fhir()];
    await push(one.base, course('a', 1));
    const again = await push(one.base, course('a', 1));
    expect([again.code, states(again), again.err.at(-1)]).toEqual([
      0,
      ['delivered'],
      'push: 1 course read, 1 unchanged.',
    ]);
    const elsewhere = await push(other.base, course('a', 1));
    expect([elsewhere.code, elsewhere.err.at(-1)]).toEqual([0, 'push: 1 course read, 1 delivered.']);
    expect(await statusesOn(other.base)).toHaveLength(10);
  });

  test('a line that is no course does not keep the others, and versions keep their own order', async () => {
    const { base } = await fhir();
    const pushed = await push(base, course('a', 2, 9), '{"a":', course('a', 1, 10), course('b', 1));
    expect(pushed.code).toBe(1);
    expect(pushed.err.at(-1)).toBe('push: 4 courses read, 2 delivered, 1 superseded, 1 refused.');
    expect(pushed.err).toContainEqual(expect.stringMatching(/^stdin:2: error: This is not well-formed JSON/));
    expect(await statusesOn(base)).toHaveLength(19);
  });

  test('a part of a course', async () => {
    const { base } = await fhir();
    await push(base, course('a', 1, 1));
    const part = JSON.stringify({
      schemaVersion: '1',
      system,
      id: 'a',
      version: 2,
      sessions: [{ id: 'x', status: 'completed' }],
    });
    const pushed = await run(['push', '-', '--partial', '--to', base], part);
    expect([pushed.code, states(pushed)]).toEqual([0, ['delivered']]);
    expect(await statusesOn(base)).toEqual(['final', 'final']);
  });
});

describe('what a person decides', () => {
  test('what would take back too much is held; released it is delivered', async () => {
    const { base } = await fhir();
    await push(base, course('a', 1));
    const held = await push(base, course('a', 2, 1));
    expect([held.code, states(held), held.err.at(-1)]).toEqual([1, ['held'], 'push: 1 course read, 1 held.']);
    expect(await statusesOn(base)).toEqual(Array.from({ length: 10 }, () => 'final'));

    const listed = await run(['deliveries', '--json']);
    expect(json(listed)).toMatchObject([{ course: own('a'), state: 'held', kind: 'snapshot' }]);
    expect(listed.err.at(-1)).toBe('deliveries: 0 deliveries, 1 submission held.');
    const table = await run(['deliveries']);
    expect(table.out[0]).toMatch(/^held submission +course +kind +received$/);
    expect(table.out.join('\n')).toContain('would');

    const id = String(json(listed)[0]?.['submission']);
    const released = await run(['release', id]);
    expect([released.code, json(released)]).toMatchObject([0, [{ course: own('a'), state: 'accepted' }]]);
    expect((await run(['push', '--to', base])).err.at(-1)).toBe('push: no files, 1 delivered.');
    expect(await statusesOn(base)).toEqual([...Array.from({ length: 9 }, () => 'entered-in-error'), 'final']);

    const again = await run(['release', id]);
    expect([again.code, states(again)]).toEqual([1, ['refused']]);
    expect((await run(['verify', '--to', base])).code).toBe(0);
  });

  test('rejected it is set aside', async () => {
    const { base } = await fhir();
    await push(base, course('a', 1));
    const [held] = json(await push(base, course('a', 2, 1)));
    const rejected = await run(['reject', String(held?.['submission'])]);
    expect([rejected.code, states(rejected)]).toEqual([0, ['superseded']]);
    expect((await run(['deliveries'])).err).toEqual(['deliveries: 0 deliveries, 0 submissions held.']);
    expect((await run(['push', '--to', base])).err.at(-1)).toBe('push: no files, nothing to deliver.');
  });

  test('withdraw takes back all of a course, which history and audit tell', async () => {
    const { base } = await fhir();
    await push(base, course('a', 1, 2));
    const withdrawn = await run(['withdraw', 'course', named('a'), '--reason', 'entered for another patient']);
    expect([withdrawn.code, json(withdrawn)]).toMatchObject([0, [{ course: own('a'), state: 'accepted' }]]);
    expect((await run(['push', '--to', base])).err.at(-1)).toBe('push: no files, 1 delivered.');
    expect(await statusesOn(base)).toEqual(['entered-in-error', 'entered-in-error']);
    expect(await statusesOn(base, 'course-summary')).toEqual(['entered-in-error']);
    expect((await run(['verify', '--to', base])).code).toBe(0);
    expect(states(await push(base, course('a', 2, 2)))).toEqual(['held']);

    const history = await run(['history', named('a'), '--json']);
    expect(json(history)).toMatchObject([
      { kind: 'snapshot', state: 'superseded', version: 1 },
      { kind: 'withdrawal', state: 'in-force', reason: 'entered for another patient' },
      { kind: 'snapshot', state: 'held', version: 2 },
    ]);
    expect((await run(['history', own('a')])).out.join('\n')).toContain('reason: entered for another patient');
    const audit = json(await run(['audit', '--json']));
    expect(audit.map(({ actor, action }) => `${String(actor)} ${String(action)}`)).toEqual([
      'cli submitted',
      'cli withdrawn',
      'cli submitted',
    ]);
    expect((await run(['audit'])).out).toHaveLength(4);
  });

  test('what was refused goes once its cause is mended, and not by itself', async () => {
    const { base } = await fhir();
    const refused = await run(['push', '-', '--to', base], course('a', 1));
    expect([refused.code, states(refused), refused.err.at(-1)]).toEqual([
      1,
      ['refused'],
      'push: 1 course read, 1 refused.',
    ]);
    const listed = await run(['deliveries', '--course', named('a')]);
    expect(listed.out.join('\n')).toContain('The target does not know the patient');
    expect((await run(['push', '--to', base, '--patients', 'create'])).out).toEqual([]);
    const [delivery] = json(await run(['deliveries', '--state', 'refused', '--json']));
    const replayed = await run(['replay', '--failed']);
    expect([replayed.code, replayed.out]).toEqual([0, [delivery?.['delivery']]]);
    expect(states(await run(['push', '--to', base, '--patients', 'create']))).toEqual(['delivered']);
    expect((await run(['replay', '--failed'])).err).toEqual(['replay: nothing to send again.']);
  });

  test('replay by id, by state, of all, and of another mapping', async () => {
    const { base } = await fhir();
    await push(base, course('a', 1), course('b', 1));
    const ids = json(await run(['deliveries', '--state', 'all', '--json'])).map(({ delivery }) => String(delivery));
    expect((await run(['replay', ids[0] ?? ''])).out).toEqual([ids[0]]);
    expect((await run(['replay', '--state', 'delivered'])).out).toEqual([ids[1]]);
    expect((await run(['replay', '--all'])).out.toSorted()).toEqual(ids.toSorted());
    expect((await run(['replay', '--mapping'])).out).toEqual([]);
    expect(states(await run(['push', '--to', base]))).toEqual(['delivered', 'delivered']);
    const unknown = await run(['replay', own('a')]);
    expect([unknown.code, unknown.out]).toEqual([1, []]);
  });

  test('another claim sends nothing by itself, and replay --mapping brings it about', async () => {
    const { base } = await fhir();
    await push(base, course('a', 1));
    const claims = async (): Promise<unknown[]> => {
      const bundle = (await (await fetch(`${base}/Observation?_count=100`)).json()) as {
        entry: { resource: { meta?: { profile?: unknown } } }[];
      };
      return [...new Set(bundle.entry.map(({ resource }) => JSON.stringify(resource.meta?.profile)))].toSorted();
    };
    vi.stubEnv('COURSEBRIDGE_CLAIM', 'ours');
    onTestFinished(() => void vi.stubEnv('COURSEBRIDGE_CLAIM', ''));
    expect(states(await push(base, course('a', 1)))).toEqual(['delivered']);
    expect([await claims(), (await run(['verify', '--to', base])).code]).toEqual([[undefined], 0]);
    const replayed = await run(['replay', '--mapping']);
    expect(replayed.out).toHaveLength(1);
    expect(states(await run(['push', '--to', base]))).toEqual(['delivered']);
    const profile = (name: string): string => `["https://w3id.org/coursebridge/StructureDefinition/${name}"]`;
    expect([await claims(), (await run(['verify', '--to', base])).code]).toEqual([
      [profile('course-summary'), profile('session-record')],
      0,
    ]);
    expect((await run(['replay', '--mapping'])).out).toEqual([]);
  });
});

describe('the data folder', () => {
  test('is made for its owner alone, and says what it holds', async () => {
    const { base } = await fhir();
    await push(base, course('zqmarker', 1));
    const text = readFileSync(join(folder, `data-${number}`, 'coursebridge.sqlite')).toString('latin1');
    expect(text.startsWith('SQLite')).toBe(true);
    for (const args of [['deliveries', '--state', 'all'], ['audit'], ['verify', '--to', base]]) {
      const { out, err } = await run(args);
      expect([...out, ...err].join('\n')).not.toContain('zqmarker');
    }
  });

  test.each<[string, string[], string]>([
    ['verify', ['verify', '--to', 'http://127.0.0.1:9'], 'holds no data of coursebridge'],
    ['deliveries', ['deliveries'], 'holds no data of coursebridge'],
    ['replay', ['replay', '--failed'], 'holds no data of coursebridge'],
    ['history', ['history', named('a')], 'holds no data of coursebridge'],
  ])('that is not there is wrong usage of %s', async (_, args, sentence) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, []]);
    expect(err.join('\n')).toContain(sentence);
  });

  test.each<[string, string[], string]>([
    ['no choice', ['replay'], 'Say what to send again'],
    ['two choices', ['replay', '--failed', '--all'], 'Say what to send again'],
    ['an id that is none', ['replay', 'zqmarker'], 'none of ours'],
    ['a state that is none', ['deliveries', '--state', 'lost'], 'Allowed choices are'],
    ['a course without its system', ['history', 'zqmarker'], "by 'system|id'"],
    ['no reason', ['withdraw', 'course', named('zqmarker')], '--reason'],
    ['anything but a course', ['withdraw', 'session', named('a'), '--reason', 'x'], 'Allowed choices are course'],
    ['no target', ['verify'], '--to URL'],
  ])('wrong usage: %s', async (_, args, sentence) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, []]);
    expect(err.join('\n')).toContain(sentence);
    expect(err.join('\n')).not.toContain('zqmarker');
  });

  test('a course that is not in it', async () => {
    const { base } = await fhir();
    await push(base, course('a', 1));
    expect((await run(['history', named('b')])).code).toBe(1);
    expect((await run(['verify', '--to', base, '--course', named('b')])).code).toBe(1);
    expect((await run(['withdraw', 'course', named('b'), '--reason', 'x'])).code).toBe(1);
    expect((await run(['verify', '--to', 'http://127.0.0.1:9'])).code).toBe(2);
  });
});
