import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { helpTexts } from '../../src/cli/help.ts';
import { errorsIn } from '../http/service.ts';
import { run } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
vi.stubEnv('INIT_CWD', folder);
vi.stubEnv('FHIR_BASE_URL', '');

const course = (id: string, more: object = {}): string =>
  JSON.stringify({
    schemaVersion: '1',
    system: 'https://hospital.example.org/courses',
    id,
    patient: { system: 'https://hospital.example.org/patients', id: 'P-4' },
    status: 'active',
    sessions: [{ id: '1', status: 'completed', weight: { value: 71, unit: 'kg' } }],
    ...more,
  }).replace('71', '71.50');

writeFileSync(
  join(folder, 'one.json'),
  JSON.stringify(JSON.parse(course('one')), undefined, 2).replace('71.5', '71.50'),
);
writeFileSync(join(folder, 'two.ndjson'), `${course('two')}\n${course('three')}\n`);

test('map and unmap are each other, from files and from stdin, in their order', async () => {
  const mapped = await run(['map', 'two.ndjson', '-', 'one.json'], course('four'));
  expect([mapped.code, mapped.err]).toEqual([0, ['map: 4 courses read, 4 mapped, 0 refused.']]);
  const unmapped = await run(['unmap', '-'], mapped.out.join('\n'));
  expect(unmapped.code).toBe(0);
  expect(unmapped.out).toEqual([course('two'), course('three'), course('four'), course('one')]);
});

test('map --patients create puts the patient in front', async () => {
  const [bundle = ''] = (await run(['map', 'one.json', '--patients', 'create'])).out;
  expect(bundle).toContain('"ifNoneExist"');
  expect((await run(['unmap', '-'], bundle)).out).toEqual([course('one')]);
});

test('map --claim says which profiles are claimed, and unmap does not care', async () => {
  const claimsIn = (text: string): Set<string> => new Set(text.match(/(?<="profile":\[")[^"]+/g));
  const sessions = [{ id: '1', status: 'completed', at: '2026-01-02', weight: { value: 71, unit: 'kg' } }];
  const dated = course('dated', { sessions });
  const map = async (...claim: string[]): Promise<string> => (await run(['map', '-', ...claim], dated)).out.join('\n');
  expect(claimsIn(await map())).toEqual(new Set());
  expect(await map('--claim', 'off')).toBe(await map());
  const hl7 = await map('--claim', 'hl7');
  expect(claimsIn(hl7)).toEqual(new Set(['http://hl7.org/fhir/StructureDefinition/bodyweight']));
  const ours = await map('--claim', 'ours');
  expect(claimsIn(ours)).toContain('https://w3id.org/coursebridge/StructureDefinition/body-weight');
  expect(ours.match(/"profile":/g)?.length).toBe(ours.match(/"fullUrl":/g)?.length);
  for (const claimed of [hl7, ours]) expect((await run(['unmap', '-'], claimed)).out).toEqual([dated]);
});

test('a refused course says why, by file, line and path, and the others still go out', async () => {
  const input = [course('a'), course('b', { ammount: 1 }), '{"a":', course('c')].join('\n');
  const mapped = await run(['map', '-'], input);
  expect([mapped.code, mapped.out.length]).toEqual([1, 2]);
  expect(mapped.err).toEqual([
    'stdin:2: error: TreatmentCourse.ammount: The course format has no such field.',
    'stdin:3: error: This is not well-formed JSON. (line 3, column 6)',
    'map: 4 courses read, 2 mapped, 2 refused.',
  ]);
});

test('validate prints an outcome a line, in the order of the input', async () => {
  const validated = await run(['validate', '-'], [course('a'), course('b', { status: 'x' }), '['].join('\n'));
  expect(validated.code).toBe(1);
  expect(validated.out.map((line) => errorsIn(JSON.parse(line)))).toEqual([
    [],
    ['not-in-list TreatmentCourse.status'],
    ['malformed-json'],
  ]);
});

describe('unmap', () => {
  const resources = async (): Promise<string[]> => {
    const [bundle = ''] = (await run(['map', 'one.json'])).out;
    const { entry } = JSON.parse(bundle) as { entry: { fullUrl: string; resource: object }[] };
    return entry.map(({ fullUrl, resource }) =>
      JSON.stringify({ id: fullUrl.slice(9), ...resource }).replaceAll(/urn:uuid:([-\da-f]+)/g, 'Observation/$1'),
    );
  };

  test('takes single resources, one a line, as one set', async () => {
    const unmapped = await run(['unmap', '-'], (await resources()).toReversed().join('\n'));
    expect(unmapped.out.map((line) => JSON.parse(line) as object)).toEqual([JSON.parse(course('one'))]);
  });

  test('lists what is no FHIR where it stands, and strangers at the end of their set', async () => {
    const input = ['{"resourceType":"Device"}', ...(await resources()), '{"a":1}'].join('\n');
    const unmapped = await run(['unmap', '-', '--issues', 'issues.ndjson'], input);
    expect(unmapped.code).toBe(1);
    expect(unmapped.out).toHaveLength(1);
    expect(unmapped.err.at(-1)).toBe('unmap: 1 course found, 1 resource of no course.');
    const outcomes = readFileSync(join(folder, 'issues.ndjson'), 'utf8').trimEnd().split('\n');
    expect(outcomes).toHaveLength(2);
    expect(errorsIn(JSON.parse(outcomes[0] ?? ''))).toEqual([expect.stringMatching(/^not-fhir resources\[\d+\]$/)]);
    expect(outcomes[1]).toContain('"stranger"');
    expect(outcomes[1]).toContain('"expression":["resources[0]"]');
  });

  test('a Bundle a line has an outcome a line', async () => {
    const { out } = await run(['map', 'two.ndjson']);
    const unmapped = await run(['unmap', '-', '--issues', 'issues.ndjson'], out.join('\n'));
    expect(unmapped.out).toEqual([course('two'), course('three')]);
    expect(readFileSync(join(folder, 'issues.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(2);
  });
});

test('synthesize gives the same bytes for the same seed, and others for another', async () => {
  const made = (...more: string[]) => run(['synthesize', 'norway', '--courses', '2', ...more]);
  const first = await made('--seed', '7');
  expect(first.out).toHaveLength(2);
  expect((await made('--seed', '7')).out).toEqual(first.out);
  expect((await made('--seed', '8')).out).not.toEqual(first.out);
  expect((await run(['validate', '-'], first.out.join('\n'))).code).toBe(0);
});

test('schema prints a JSON Schema', async () => {
  const { code, out } = await run(['schema']);
  expect([code, JSON.parse(out.join('\n'))]).toMatchObject([0, { title: 'TreatmentCourse' }]);
  const partial = await run(['schema', '--partial']);
  expect(JSON.parse(partial.out.join('\n'))).toMatchObject({ title: 'PartialTreatmentCourse' });
});

describe('wrong usage is 2, and says what is wrong', () => {
  test.each<[string, string[], string]>([
    ['no command', [], 'Usage: coursebridge'],
    ['another command', ['delete'], "unknown command 'delete'"],
    ['no file', ['map'], "missing required argument 'file'"],
    ['a file that is not there', ['map', 'nowhere.json'], 'nowhere.json: there is no such file'],
    ['a folder', ['validate', '.'], 'there is no such file'],
    ['stdin twice', ['validate', '-', '-'], 'only once'],
    ['another claim', ['map', 'one.json', '--claim', 'theirs'], 'Allowed choices are off, hl7, ours.'],
    ['another programme', ['synthesize', 'berlin'], 'Allowed choices are'],
    ['no number', ['synthesize', 'norway', '--courses', 'x'], 'A whole number is expected.'],
    ['a file that cannot be written', ['unmap', 'one.json', '--issues', 'no/where'], 'cannot be written'],
    ['no target', ['push', 'one.json'], '--to URL'],
    ['no selection', ['pull', '--from', 'http://127.0.0.1:9'], "--course 'system|id'"],
    [
      'a name without its system',
      ['pull', '--from', 'http://127.0.0.1:9', '--patient', 'zqmarker'],
      "needs 'system|id'",
    ],
    ['a target with a password', ['push', 'one.json', '--to', 'http://u:p@127.0.0.1:9'], 'holds a user or a password'],
    ['serve without a target', ['serve'], 'FHIR_BASE_URL'],
  ])('%s', async (_, args, sentence) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, []]);
    expect(err.join('\n')).toContain(sentence);
    expect(err.join('\n')).not.toContain('zqmarker');
  });

  test('serve beyond this machine without log-ins', async () => {
    vi.stubEnv('FHIR_BASE_URL', 'http://127.0.0.1:9');
    const { code, err } = await run(['serve', '--host', '0.0.0.0']);
    vi.stubEnv('FHIR_BASE_URL', '');
    expect([code, err.length]).toEqual([2, 1]);
    expect(err[0]).toContain('COURSEBRIDGE_ALLOW_UNAUTHENTICATED=yes-on-a-trusted-network');
  });
});

test.each(Object.keys(helpTexts))('%s --help has an example and the exit codes', async (command) => {
  const { code, out } = await run([command, '--help']);
  expect(code).toBe(0);
  expect(out.join('\n')).toMatch(/Example: .*coursebridge/);
  expect(out.join('\n')).toContain('4 differences found');
});
