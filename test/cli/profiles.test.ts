import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { errorsIn, fhir } from '../http/service.ts';
import { run, runProcess } from './command-line.ts';
import { course, instrument, plan, questionnaire } from './site-definitions.ts';

const root = mkdtempSync(join(tmpdir(), 'coursebridge-profiles-'));
afterAll(() => rmSync(root, { recursive: true }));
vi.stubEnv('FHIR_BASE_URL', '');
vi.stubEnv('COURSEBRIDGE_PROFILES', '');
vi.stubEnv('COURSEBRIDGE_DATA', join(root, 'pushed'));

let folders = 0;
/** A new folder that holds these files. */
function folderOf(files: Readonly<Record<string, string | Buffer | object>>): string {
  const folder = join(root, `${(folders += 1)}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const written = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(folder, name), written ? content : JSON.stringify(content));
  }
  return folder;
}

const own = folderOf({ 'rest-scale.json': questionnaire, 'programmes/weekly.json': plan, 'README.md': 'Ours.' });

/** The course without its assessments. */
const bare = JSON.stringify({ ...(JSON.parse(course) as object), assessments: undefined, outcomes: undefined });

interface Resource {
  readonly resourceType: string;
  readonly identifier: readonly { readonly value: string }[] | { readonly value: string };
  readonly valueQuantity?: { readonly value: number };
  readonly valueCodeableConcept?: unknown;
}

/** The resource that has this identifier in a Bundle. */
function resourceIn(bundle: string, identifier: string): Resource | undefined {
  const { entry } = JSON.parse(bundle) as { entry: { resource: Resource }[] };
  return entry.map(({ resource }) => resource).find((one) => [one.identifier].flat()[0]?.value === identifier);
}

describe("a course under a site's own instrument and programme", () => {
  test('is good, and is refused where they are not known', async () => {
    const known = await run(['validate', '-', '--profiles', own], course);
    expect([known.code, known.err]).toEqual([0, ['validate: 1 course read, 1 good, 0 refused.']]);
    const unknown = await run(['validate', '-'], course);
    expect(unknown.code).toBe(1);
    expect(errorsIn(JSON.parse(unknown.out[0] ?? ''))).toEqual([
      'unknown-instrument TreatmentCourse.assessments[0].instrument',
      'unknown-instrument TreatmentCourse.assessments[1].instrument',
      'unknown-instrument TreatmentCourse.outcomes[0].instrument',
    ]);
  });

  test('has its answers checked', async () => {
    const wrong = course.replace('"value":1.5', '"value":2');
    const { out } = await run(['validate', '-', '--profiles', own], wrong);
    expect(errorsIn(JSON.parse(out[0] ?? ''))).toEqual([
      'answer-out-of-range TreatmentCourse.assessments[0].items[2].value',
    ]);
  });

  test('is scored and judged by them, and comes back equal', async () => {
    const mapped = await run(['map', '-', '--profiles', own], course);
    const [bundle = ''] = mapped.out;
    expect(mapped.code).toBe(0);
    expect(resourceIn(bundle, 'own-1/a/before/total')).toMatchObject({ valueQuantity: { value: 9.5 } });
    expect(resourceIn(bundle, 'own-1/a/after/total')).toMatchObject({ valueQuantity: { value: 5.5 } });
    const bands = ['before', 'after'].map((id) => JSON.stringify(resourceIn(bundle, `own-1/a/${id}/total`)));
    expect(bands).toEqual([expect.stringContaining('"code":"tired"'), expect.stringContaining('"code":"rested"')]);
    // 42.11 per cent: a response by the site's 40, not by the 50 of the programmes that are shipped.
    const outcome = JSON.stringify(resourceIn(bundle, 'own-1/o/end/evaluation'));
    expect(outcome).toContain('"value":42.11');
    expect(outcome).toContain('"code":"response"');
    const unmapped = await run(['unmap', '-', '--profiles', own], bundle);
    expect([unmapped.code, unmapped.out, unmapped.err]).toEqual([
      0,
      [course],
      ['unmap: 1 course found, 0 resources of no course.'],
    ]);
  });

  test('is labelled by them, and not where they are not known', async () => {
    const late = (text: string) => text.replaceAll('2026-02-09', '2026-02-19');
    const labels = async (...more: string[]): Promise<string[]> => {
      const { out } = await run(['map', '-', ...more], late(bare));
      return [...JSON.stringify(resourceIn(out[0] ?? '', 'own-1/course/summary')).matchAll(/"code":"(\w+)"/g)].flatMap(
        ([, code]) => (code === 'treatment' || code === 'late' ? [code] : []),
      );
    };
    expect(await labels('--profiles', own)).toEqual(['treatment', 'treatment', 'late']);
    expect(await labels()).toEqual([]);
    const [bundle = ''] = (await run(['map', '-', '--profiles', own], late(course))).out;
    const summary = JSON.stringify(resourceIn(bundle, 'own-1/course/summary'));
    expect(summary).toMatch(/own-1\/a\/before\/answers"[^\]]*"code":"baseline"/);
  });

  test('has it said what the programme asks for and the course lacks', async () => {
    const { code, out } = await run(['validate', '-', '--profiles', own], bare);
    expect(code).toBe(0);
    expect(out[0]).toContain('"programme-assessment-lacking"');
  });

  test('goes to a FHIR server and back', async () => {
    const { base } = await fhir();
    const pushed = await run(
      ['push', '-', '--to', base, '--patients', 'create', '--verify', '--profiles', own],
      course,
    );
    expect([pushed.code, pushed.err.slice(1)]).toEqual([0, ['push: 1 course read, 1 delivered.']]);
    vi.stubEnv('COURSEBRIDGE_PROFILES', own);
    const pulled = await run(['pull', '--from', base, '--all']);
    vi.stubEnv('COURSEBRIDGE_PROFILES', '');
    expect([pulled.code, pulled.out]).toEqual([0, [course]]);
    expect((await run(['pull', '--from', base, '--all'])).code).not.toBe(0);
  });

  test('is taken by serve', { timeout: 30_000 }, async () => {
    const { base } = await fhir();
    const child = spawn(process.execPath, ['src/cli.ts', 'serve', '--port', '0', '--patients', 'create'], {
      cwd: new URL('../../', import.meta.url),
      env: { ...process.env, FHIR_BASE_URL: base, COURSEBRIDGE_PROFILES: own, COURSEBRIDGE_DATA: join(root, 'served') },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const address = await new Promise<string>((ready) => {
      child.stderr.on('data', (chunk: Buffer) => {
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk.toString()) ?? [];
        if (found !== undefined) ready(found);
      });
    });
    const answer = await fetch(`${address}/courses`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: course,
    });
    expect(answer.status).toBe(202);
  });

  test('instruments lists the scale after ours, with the range that its weights give', async () => {
    const { out } = await run(['instruments', '--profiles', own]);
    expect(out.slice(-2)).toEqual([
      expect.stringMatching(new RegExp(`^${instrument} +3 +3 +- +Rest Scale \\(made up\\)$`)),
      '  total  0 to 12  rested 0 to 5.5, tired 6 to 12',
    ]);
  });
});

describe('a folder of profiles', () => {
  test('may hold other things, which are passed over by name', async () => {
    const folder = folderOf({
      'a/zqmarker.json': { resourceType: 'ValueSet', url: 'zqvalue' },
      'list.json': ['zqvalue'],
      'null.json': 'null',
      'notes.txt': '{',
      '.hidden/broken.json': '{',
      '.broken.json': '{',
      'folder.json/q.json': questionnaire,
    });
    const { code, err } = await run(['validate', '-', '--profiles', folder], course);
    expect([code, err.slice(0, -1)]).toEqual([
      0,
      ['a/zqmarker.json', 'list.json', 'null.json'].map(
        (name) => `${name}: warning: This was passed over, since it is no Questionnaire and no PlanDefinition.`,
      ),
    ]);
  });

  test('with files that cannot be used is wrong usage: each is named, and what it holds is not', async () => {
    const folder = folderOf({
      'broken.json': '{\n  "zqvalue": ',
      'latin1.json': Buffer.from('{"title":"zqvalu\xe9"}', 'latin1'),
      'no-url.json': { ...questionnaire, url: undefined },
      'plan/odd-url.json': { ...plan, url: { zqvalue: 1 } },
      'twice.json': '{"url":"zqvalue","url":"zqvalue"}',
    });
    for (const args of [['map', '-'], ['instruments'], ['serve']]) {
      const { code, out, err } = await run([...args, '--profiles', folder], course);
      expect([code, out]).toEqual([2, []]);
      expect(err).toEqual([
        expect.stringMatching(/^broken\.json: error: This is not well-formed JSON\. \(line 2, column \d+\)$/),
        'latin1.json: error: This cannot be read, or is no UTF-8.',
        'no-url.json: error: This Questionnaire has no url.',
        'plan/odd-url.json: error: This PlanDefinition has no url.',
        expect.stringMatching(/^twice\.json: error: .*\(line 1, column \d+\)$/),
      ]);
    }
  });

  test('with definitions that would be read wrong is wrong usage: every fault is told, and no value of it', async () => {
    const [first, ...rest] = questionnaire.item;
    const folder = folderOf({
      'good.json': questionnaire,
      'plan.json': { ...plan, contained: [], goal: 'zqvalue' },
      'scale.json': { ...questionnaire, url: '', item: [{ ...first, linkId: 'zqvalue' }, ...rest] },
    });
    const { code, out, err } = await run(['map', '-', '--profiles', folder], course);
    expect([code, out]).toEqual([2, []]);
    expect(err).toEqual([
      'plan.json: error: PlanDefinition.goal: A list of elements is expected.',
      'plan.json: error: PlanDefinition.action[0].action[1].definitionCanonical: This PlanDefinition contains no resource with this id.',
      'scale.json: error: This Questionnaire has no url.',
      'scale.json: error: Questionnaire.item[3].extension[2].valueString: A score names only items of this Questionnaire that can be counted.',
    ]);
  });

  test('that is empty is told', async () => {
    const { code, err } = await run(['instruments', '--profiles', folderOf({ 'README.md': 'Ours.' })]);
    expect([code, err]).toEqual([0, ['The folder of the profiles holds no *.json: nothing was added.']]);
  });

  test('may have programmes of a name that others have, which is told', async () => {
    const called = (value: string, url: string): object => ({ ...plan, identifier: [{ value }], url });
    const plans = 'https://clinic.example.org/PlanDefinition';
    const folder = folderOf({
      'a.json': called('norway', `${plans}/a`),
      'b.json': called('weekly', `${plans}/b`),
      'c.json': called('other', `${plans}/weekly`),
      // In the place of ours, which stands before Kaiser's.
      'd.json': called('kaiser', 'https://w3id.org/coursebridge/PlanDefinition/guangzhou'),
    });
    const { code, err } = await run(['instruments', '--profiles', folder]);
    expect([code, err]).toEqual([
      0,
      [
        'a.json: warning: The programme.key "norway" means this, and not the programme that we ship.',
        'd.json: warning: The programme.key "kaiser" means the programme that we ship, and not this.',
        'c.json: warning: The programme.key "weekly" means this, and not b.json.',
      ],
    ]);
  });

  test('may have a programme in the place of ours, by its url', async () => {
    const url = 'https://w3id.org/coursebridge/PlanDefinition/norway';
    const folder = folderOf({ 'norway.json': { ...plan, url, identifier: [{ value: 'norway' }] } });
    expect((await run(['instruments', '--profiles', folder])).err).toEqual([]);
  });

  test('may put its own in the place of ours, and two of one url are told', async () => {
    const url = 'https://w3id.org/coursebridge/Questionnaire/phq9';
    const folder = folderOf({
      'a.json': { ...questionnaire, url },
      'b.json': { ...questionnaire, url, title: 'Late' },
    });
    const { code, out, err } = await run(['instruments', '--profiles', folder]);
    expect([code, err]).toEqual([0, ['b.json: warning: This has the url of a.json and takes its place.']]);
    expect(out[1]).toMatch(new RegExp(`^${url} .* Late$`));
  });

  test.each(['nowhere', 'file'])('that is %s is wrong usage', async (name) => {
    writeFileSync(join(root, 'file'), '');
    const given = await run(['validate', '-', '--profiles', join(root, name)], course);
    expect([given.code, given.err]).toEqual([2, ['--profiles names no folder that can be read.']]);
    vi.stubEnv('COURSEBRIDGE_PROFILES', join(root, name));
    const set = await run(['validate', '-'], course);
    vi.stubEnv('COURSEBRIDGE_PROFILES', '');
    expect([set.code, set.err]).toEqual([2, ['COURSEBRIDGE_PROFILES names no folder that can be read.']]);
  });

  test('is read by the demo too', { timeout: 30_000 }, async () => {
    const folder = folderOf({ 'no-url.json': { ...plan, url: undefined }, 'other.json': {} });
    const { code, err } = await runProcess('src/main.ts', ['--once'], {
      environment: { PORT: '0', COURSEBRIDGE_PROFILES: folder },
    });
    expect([code, err]).toEqual([
      2,
      [
        'other.json: warning: This was passed over, since it is no Questionnaire and no PlanDefinition.',
        'no-url.json: error: This PlanDefinition has no url.',
      ],
    ]);
  });
});
