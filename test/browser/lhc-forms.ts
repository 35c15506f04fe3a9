import type { Observation, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Browser, ConsoleMessage, Locator } from 'playwright-core';
import type { FormItem, PlacedItem, Questionnaire } from './questionnaire.ts';

/** What a person does to an item: choose an option by its place, say yes or no, or type. */
export type Entry =
  { readonly pick: number } | { readonly yes: boolean } | { readonly type: string; readonly unit?: string };

/** A Questionnaire that LHC-Forms shows. */
export interface Form {
  /** The visible labels of its items, from top to bottom. */
  readonly labels: () => Promise<readonly string[]>;
  readonly enter: (placed: PlacedItem, entry: Entry) => Promise<void>;
  readonly clear: (placed: PlacedItem) => Promise<void>;
  readonly saved: () => Promise<QuestionnaireResponse>;
  /** The Observations that SDC's extraction makes of the answers. */
  readonly extracted: () => Promise<readonly Observation[]>;
  /** The errors of the console and of the page since it was opened. */
  readonly errors: readonly string[];
  /** What was asked of any other server than the page's own. */
  readonly elsewhere: readonly string[];
  readonly close: () => Promise<void>;
}

/** What LHC-Forms puts into the page (its README, "LForms.Util"). */
interface Page {
  readonly LForms?: {
    readonly FHIR?: { readonly R4?: object };
    readonly Util?: {
      addFormToPage: (questionnaire: object, element: string, options: object) => Promise<void>;
      getFormFHIRData: (type: string, version: string, form: null, options?: object) => unknown;
    };
  };
}

/** Opens a page of its own; its dates and times are those of a clinic in Oslo. */
export async function openForm(browser: Browser, address: string, questionnaire: Questionnaire): Promise<Form> {
  const context = await browser.newContext({
    timezoneId: 'Europe/Oslo',
    locale: 'en-US',
    viewport: { width: 1000, height: 900 },
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message: ConsoleMessage) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('pageerror', ({ message }) => void errors.push(message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith('data:')) elsewhere.push(url);
  });
  await page.goto(address);
  await page.waitForFunction(() => {
    const { LForms } = globalThis as unknown as Page;
    return LForms?.Util !== undefined && LForms.FHIR?.R4 !== undefined;
  });
  await page.evaluate(
    (form) => (globalThis as unknown as Page).LForms?.Util?.addFormToPage(form, 'form', { fhirVersion: 'R4' }),
    questionnaire,
  );
  await page.getByRole('heading', { name: questionnaire.title }).waitFor();

  const byId = (id: string): Locator => page.locator(`[id="${id}"]`);
  const given = (extract: boolean): Promise<unknown> =>
    page.evaluate(
      (options) =>
        (globalThis as unknown as Page).LForms?.Util?.getFormFHIRData('QuestionnaireResponse', 'R4', null, options),
      extract ? { extract } : {},
    );

  return {
    labels: async () =>
      (await page.locator('#form label[id^="label-"]:visible').allInnerTexts()).map((text) => text.trim()),
    enter: async ({ item, depth }, entry) => {
      const id = elementId(item, depth);
      if ('yes' in entry) return byId(`${id}|${entry.yes}`).click();
      const input = inputOf(item, byId, id);
      if ('pick' in entry) {
        await input.click();
        await page.locator('#lhc-tools-searchResults li').nth(entry.pick).click();
      } else {
        await input.fill(entry.type);
        // A date is taken by Enter, all else when the field is left.
        if (item.type.startsWith('date')) await input.press('Enter');
      }
      await input.press('Tab');
      if ('unit' in entry && entry.unit !== undefined) {
        await byId(`unit_${id}`).click();
        await page.locator('#lhc-tools-searchResults li', { hasText: entry.unit }).first().click();
        await byId(`unit_${id}`).press('Tab');
      }
    },
    clear: async ({ item, depth }) => {
      const input = inputOf(item, byId, elementId(item, depth));
      await input.fill('');
      await input.press('Tab');
    },
    saved: async () => (await given(false)) as QuestionnaireResponse,
    extracted: async () => {
      const [, bundle] = (await given(true)) as [unknown, { entry: { resource: Observation }[] }?];
      return (bundle?.entry ?? []).map(({ resource }) => resource);
    },
    errors,
    elsewhere,
    close: () => context.close(),
  };
}

/** LHC-Forms numbers the repetitions of an item and of each group around it; a fresh form has the first of each. */
const elementId = ({ linkId }: FormItem, depth: number): string => `${linkId}${'/1'.repeat(depth + 1)}`;

/** The field of an item; those of dates have no id of their own. */
const inputOf = ({ type }: FormItem, byId: (id: string) => Locator, id: string): Locator =>
  type.startsWith('date') ? byId(`item-${id}`).locator('input') : byId(id);
