import type { Observation, QuestionnaireResponse } from '@medplum/fhirtypes';
import * as fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import type { AssessmentItem } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import type { Instrument } from '../../src/definitions/instrument.ts';
import { answersOf } from '../definitions/answers.ts';
import { entryOf } from './entries.ts';
import { installed } from './installed.ts';
import { byCode, observationsOf, saidBy, scored, scoresIn, scoresOf } from './our-scores.ts';
import { itemsOf, questionnaires, type Questionnaire } from './questionnaire.ts';
import { serveFiles } from './serve-files.ts';

/**
 * By hand: `node test/browser/smart-forms.ts FOLDER [NAME…]` opens every Questionnaire, or those named, in Smart Forms,
 * says what it saw and puts a picture of each into FOLDER.
 */

interface Shown {
  readonly show: (questionnaire: object) => Promise<void>;
  readonly saved: () => QuestionnaireResponse;
  readonly extracted: () => Observation[];
}

const [, , pictures = '.', ...names] = process.argv;
const packages = installed('@aehrc/smart-forms-renderer@1.4.0', 'react@19.3.1', 'react-dom@19.3.1', 'esbuild@0.28.2');
if (packages !== undefined) await openEach(packages);

async function openEach(folder: URL): Promise<void> {
  bundlePage(folder);
  mkdirSync(pictures, { recursive: true });
  const site = await serveFiles(new URL('smart-forms.html', import.meta.url), new URL('page/', folder));
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
  for (const [name, questionnaire] of questionnaires) {
    if (names.length > 0 && !names.includes(name)) continue;
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    page.on('pageerror', ({ message }) => void errors.push(message));
    await page.goto(site.address);
    await page.evaluate((form) => (globalThis as unknown as Shown).show(form), questionnaire);
    await page.getByText(questionnaire.title).first().waitFor();
    const instrument = shippedDefinitions.instrument(questionnaire.url);
    const scores = instrument !== undefined && scored.includes(instrument) ? await compareScores(page, instrument) : '';
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    console.log(`${name}: ${await countShown(page, questionnaire)}${scores}, ${errors.length} errors`);
    for (const error of errors) console.log(`  ${error}`);
    await page.close();
  }
  await browser.close();
  await site.stop();
}

/** The page is one script, made by the esbuild that was installed beside the renderer. */
function bundlePage(folder: URL): void {
  const at = fileURLToPath(folder);
  const page = fileURLToPath(new URL('smart-forms.jsx', import.meta.url));
  const { status } = spawnSync(
    join(at, 'node_modules/.bin/esbuild'),
    [page, '--bundle', '--jsx=automatic', '--outfile=page/page.js', '--log-level=error'].concat([
      '--define:process.env.NODE_ENV="production"',
      '--loader:.woff=dataurl',
      '--loader:.woff2=dataurl',
    ]),
    { cwd: at, env: { ...process.env, NODE_PATH: join(at, 'node_modules') }, stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('the page could not be bundled');
}

async function countShown(page: Page, questionnaire: Questionnaire): Promise<string> {
  const all = [...itemsOf(questionnaire)];
  const text = (await page.locator('#form').innerText()).replaceAll(/\s+/g, ' ');
  const shown = all.filter(({ item }) => text.includes(item.text ?? ''));
  return `${shown.length} of ${all.length} items shown`;
}

/** Random answers to all items, then one of the counted taken back. */
async function compareScores(page: Page, instrument: Instrument): Promise<string> {
  const [answers = []] = fc.sample(answersOf(instrument, true), { numRuns: 1, seed: 6 });
  for (const answer of answers) await enter(page, instrument, answer);
  const all = await sameScores(page, instrument, answers);
  const lastCounted = answers.findLast(({ value }) => value !== undefined);
  await page.locator(`[data-linkid="${lastCounted?.linkId}"] input`).first().fill('');
  const some = await sameScores(
    page,
    instrument,
    answers.filter((answer) => answer !== lastCounted),
  );
  return `, scores ${all ? 'as ours' : 'NOT as ours'}, with one answer less ${some ? 'too' : 'NOT'}`;
}

async function enter(page: Page, { items }: Instrument, answer: AssessmentItem): Promise<void> {
  const item = items.get(answer.linkId);
  if (item === undefined) throw new Error(`no item ${answer.linkId}`);
  const entry = entryOf(answer, item);
  const input = page.locator(`[data-linkid="${answer.linkId}"] input`).first();
  if ('pick' in entry) {
    await input.click();
    await page.getByRole('option').nth(entry.pick).click();
  } else if ('type' in entry) {
    await input.fill(entry.type);
    // It waits for a pause in typing before it takes a value.
    await sleep(600);
  }
}

/** Its Observations of decimals have no value, so that these are compared by category and code. */
async function sameScores(page: Page, instrument: Instrument, answers: readonly AssessmentItem[]): Promise<boolean> {
  await sleep(1_500);
  const saved = await page.evaluate(() => (globalThis as unknown as Shown).saved());
  const extracted = await page.evaluate(() => (globalThis as unknown as Shown).extracted());
  const [theirs, ours] = [extracted, observationsOf(instrument, answers)].map((all) =>
    all
      .map(saidBy)
      .map(({ value: _, ...said }) => said)
      .toSorted(byCode),
  );
  return (
    isDeepStrictEqual(scoresIn(instrument, saved), scoresOf(instrument, answers)) && isDeepStrictEqual(theirs, ours)
  );
}
