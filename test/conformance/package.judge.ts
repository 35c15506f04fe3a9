import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everythingPublished } from '../../profiles/make/artefacts.ts';
import type { Verdict } from './judge.ts';
import { ourPackage } from './our-package.ts';

/**
 * HL7's own engine, which judges definitions and canonicals, over every artefact of the package, with nothing but the
 * package loaded. (The first engine is given nothing but the package in every suite of this folder.)
 */

const script = fileURLToPath(new URL('judge/judge', import.meta.url));
const published = everythingPublished();
const reading = published.find(({ artefact }) => artefact.id === 'reading')?.artefact;
const broken = { ...reading, kind: 'sort-of' };
const astray = { ...reading, baseDefinition: 'https://w3id.org/coursebridge/StructureDefinition/nowhere' };

let verdicts: Verdict[] = [];
let tgz = '';

beforeAll(() => {
  tgz = ourPackage();
  const input = join(dirname(tgz), 'artefacts.ndjson');
  // Parsed and written again: the text in the repository has line breaks.
  const lines = [...published.map(({ artefact }) => artefact), astray, broken].map((one) => JSON.stringify(one));
  writeFileSync(input, lines.join('\n'));
  const { stdout, stderr } = spawnSync(script, ['-2', '--best', 'Ignore', '--package', tgz, input], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const answered = stdout.split('\n').filter((line) => line !== '');
  if (answered.length !== lines.length) throw new Error(`the judge gave ${answered.length} verdicts:\n${stderr}`);
  verdicts = answered.map((line) => JSON.parse(line) as Verdict);
}, 900_000);

afterAll(() => rmSync(dirname(tgz), { recursive: true, force: true }));

const issues = () =>
  published.flatMap(({ file }, index) => (verdicts[index]?.issues ?? []).map((issue) => ({ file, ...issue })));

test('no artefact has an error', () => {
  expect(issues().filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
});

const leadsNowhere = ({ severity, text }: Verdict['issues'][number]): boolean =>
  severity !== 'information' &&
  text.includes('w3id.org/coursebridge') &&
  /not found|could not be|unable to (find|resolve)|unknown|no definition|not been defined/i.test(text);

test('every canonical of ours resolves', () => {
  expect(issues().filter(leadsNowhere)).toEqual([]);
});

test('a canonical that leads nowhere is seen', () => {
  expect(verdicts.at(-2)?.issues.filter(leadsNowhere)).not.toEqual([]);
});

test('a broken definition is an error', () => {
  expect(verdicts.at(-1)?.errors).toBeGreaterThan(0);
});
