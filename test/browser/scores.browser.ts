import * as fc from 'fast-check';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { AssessmentItem } from '../../src/course/schema.ts';
import type { Instrument } from '../../src/definitions/instrument.ts';
import type { Elements } from '../../src/mapping/elements.ts';
import { readItems } from '../../src/mapping/items.ts';
import { answersOf } from '../definitions/answers.ts';
import { entryOf } from './entries.ts';
import { openForm, type Form } from './lhc-forms.ts';
import { byCode, observationsOf, saidBy, scored, scoresIn, scoresOf } from './our-scores.ts';
import { itemsOf, questionnaires, type PlacedItem } from './questionnaire.ts';

/** The scores that LHC-Forms computes and extracts, against ours. */

const address = inject('page');
const ROUNDS = 2;

let browser: Browser;
beforeAll(async () => {
  if (address !== undefined) browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
});
afterAll(() => browser?.close());

describe.skipIf(address === undefined).each(scored.map((one) => [one.key, one] as const))(
  '%s in LHC-Forms',
  (key, instrument) => {
    const questionnaire = questionnaires.get(key);
    if (questionnaire === undefined) throw new Error(`no Questionnaire ${key}`);
    const placed = new Map([...itemsOf(questionnaire)].map((one) => [one.item.linkId, one]));
    let form: Form;
    beforeAll(async () => {
      form = await openForm(browser, address ?? '', questionnaire);
    });
    afterAll(() => form?.close());

    it.each(fc.sample(fc.tuple(answersOf(instrument, true), fc.nat()), { numRuns: ROUNDS, seed: 6 }))(
      'random answers, all and then all but a counted one (%#)',
      async (answers, at) => {
        for (const answer of answers) await form.enter(placeOf(placed, answer), entryIn(instrument, answer));
        await expectScores(form, instrument, answers);
        const counted = answers.filter(({ linkId }) => instrument.scores.some(({ items }) => items.includes(linkId)));
        const missing = counted[at % counted.length];
        if (missing === undefined) throw new Error('no answers');
        await form.clear(placeOf(placed, missing));
        await expectScores(
          form,
          instrument,
          answers.filter((one) => one !== missing),
        );
        expect(form.errors).toEqual([]);
      },
    );
  },
);

function placeOf(placed: ReadonlyMap<string, PlacedItem>, { linkId }: AssessmentItem): PlacedItem {
  const found = placed.get(linkId);
  if (found === undefined) throw new Error(`no item ${linkId}`);
  return found;
}

function entryIn({ items }: Instrument, answer: AssessmentItem): ReturnType<typeof entryOf> {
  const item = items.get(answer.linkId);
  if (item === undefined) throw new Error(`no item ${answer.linkId}`);
  return entryOf(answer, item);
}

/** The form computes a moment after it was changed; what it says then are our scores, and our Observations of them. */
async function expectScores(form: Form, instrument: Instrument, answers: readonly AssessmentItem[]): Promise<void> {
  const ours = scoresOf(instrument, answers);
  await expect.poll(async () => scoresIn(instrument, await form.saved()), { timeout: 10_000 }).toEqual(ours);
  const read = readItems((await form.saved()) as unknown as Elements, instrument);
  expect(read).toEqual(
    answers.map(({ code, ...rest }) => ({ ...rest, ...(code && { code: expect.objectContaining(code) }) })),
  );
  const extracted = (await form.extracted()).map(saidBy);
  expect(extracted.toSorted(byCode)).toEqual(observationsOf(instrument, answers).map(saidBy).toSorted(byCode));
}
