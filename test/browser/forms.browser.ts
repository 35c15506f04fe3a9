import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { ownIssuesOf } from './read-back.ts';
import { answersIn, exchangeFor } from './entries.ts';
import { openForm, type Form } from './lhc-forms.ts';
import { answerable, itemsOf, questionnaires } from './questionnaire.ts';

/** Every Questionnaire in another's renderer: shown whole, filled in by hand, saved, and read by us. */

const address = inject('page');
/** The criterion is a code of any list, which LHC-Forms has no way to give; its other answers stand alone. */
const criterionLacks = 'one-of-needed TreatmentCourse.eligibility[0].criteria[0]';

let browser: Browser;

beforeAll(async () => {
  if (address !== undefined) browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
});
afterAll(() => browser?.close());

describe.skipIf(address === undefined).each([...questionnaires])('%s in LHC-Forms', (name, questionnaire) => {
  let form: Form;
  beforeAll(async () => {
    form = await openForm(browser, address ?? '', questionnaire);
  });
  afterAll(() => form?.close());

  it('shows every item, in order', async () => {
    const texts = [...itemsOf(questionnaire)].map(({ item: { prefix = '', text = '' } }) => `${prefix}${text}`);
    expect(await form.labels()).toEqual(texts);
  });

  it('saves an answer to every item that it can answer, and our reader takes it whole', async () => {
    const given = new Map<string, unknown>();
    for (const placed of answerable(questionnaire)) {
      const exchange = exchangeFor(placed.item);
      if (exchange === undefined) continue;
      await form.enter(placed, exchange.entry);
      given.set(placed.item.linkId, expect.objectContaining(exchange.saved));
    }
    const computed = new Set(shippedDefinitions.instrument(questionnaire.url)?.scores.map(({ linkId }) => linkId));
    const saved = await form.saved();
    expect([...answersIn(saved.item)].filter(([linkId]) => !computed.has(linkId))).toEqual([...given]);
    expect(saved.questionnaire).toBe(`${questionnaire.url}|0.1.0`);
    expect(ownIssuesOf(saved)).toEqual(name === 'eligibility' ? [criterionLacks] : []);
  });

  it('has no error, and asks no other server', () => {
    expect(form.errors).toEqual([]);
    expect(form.elsewhere).toEqual([]);
  });
});

/** A reference can be typed and is not saved; a code without a list cannot be chosen. */
it('these items are out of the reach of LHC-Forms, and no others', () => {
  const without = [...questionnaires.values()]
    .flatMap(answerable)
    .filter(({ item }) => exchangeFor(item) === undefined)
    .map(({ item: { type, linkId } }) => `${type} ${linkId}`);
  expect(without.filter((one) => !one.startsWith('reference '))).toEqual([
    'choice indication.diagnoses',
    'choice concomitantMedications.code',
    'choice criteria.criterion',
  ]);
});
