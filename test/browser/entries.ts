import type { QuestionnaireResponseItem, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes';
import type { AssessmentItem } from '../../src/course/schema.ts';
import { numberValue } from '../../src/json/json.ts';
import type { InstrumentItem } from '../../src/definitions/instrument.ts';
import type { Entry } from './lhc-forms.ts';
import type { FormItem } from './questionnaire.ts';

/** What is entered where, and how it is saved. */

interface Exchange {
  readonly entry: Entry;
  readonly saved: SavedAnswer;
}

/** LHC-Forms saves an item of type url as `valueUrl`, which R4 does not have: it is `valueUri` there. */
export type SavedAnswer = QuestionnaireResponseItemAnswer & { readonly valueUrl?: string };

/** Texts that mean something; the id is of a phase that the course around the response refers to. */
const known: Readonly<Record<string, string>> = { version: '3', timeZone: 'Europe/Oslo', 'phases.id': '0' };

/** An answer to an item; undefined where LHC-Forms has no way to give one. */
export function exchangeFor(item: FormItem): Exchange | undefined {
  const { type, linkId, answerOption, extension = [] } = item;
  switch (type) {
    case 'choice':
    case 'open-choice': {
      const pick = (answerOption?.length ?? 0) - 1;
      const coding = answerOption?.[pick]?.valueCoding;
      if (coding === undefined) return undefined;
      const { system, code, display } = coding;
      return { entry: { pick }, saved: { valueCoding: { system, code, display } } };
    }
    case 'boolean':
      return { entry: { yes: true }, saved: { valueBoolean: true } };
    case 'integer': {
      const value = extension.find(({ url }) => url.endsWith('/maxValue'))?.valueInteger ?? 3;
      return { entry: { type: String(value) }, saved: { valueInteger: value } };
    }
    case 'decimal':
      return { entry: { type: '45.5' }, saved: { valueDecimal: 45.5 } };
    case 'date':
      return { entry: { type: '01/05/2026' }, saved: { valueDate: '2026-01-05' } };
    case 'dateTime':
      // An hour before in UTC, which is how LHC-Forms writes every time.
      return { entry: { type: '01/05/2026 10:30:00' }, saved: { valueDateTime: '2026-01-05T09:30:00.000Z' } };
    case 'quantity':
      return {
        entry: { type: '5', unit: 'mg' },
        saved: { valueQuantity: { value: 5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } },
      };
    case 'url':
      return { entry: { type: 'https://hospital.test/ids' }, saved: { valueUrl: 'https://hospital.test/ids' } };
    case 'string':
    case 'text': {
      const words = known[linkId] ?? 'a few words';
      return { entry: { type: words }, saved: { valueString: words } };
    }
    default:
      return undefined;
  }
}

/** How an answer of a course is entered. */
export function entryOf({ value, code, text, time, yes }: AssessmentItem, { options }: InstrumentItem): Entry {
  const pick = options.findIndex((one) =>
    code === undefined ? one.answeredBy === 'value' && one.weight === value : one.code === code.code,
  );
  if (pick !== -1) return { pick };
  if (yes !== undefined) return { yes };
  return { type: value === undefined ? (text ?? time ?? '') : String(numberValue(value)) };
}

/** The answers of a response, by linkId. */
export function answersIn(
  items: readonly QuestionnaireResponseItem[] = [],
): Map<string, QuestionnaireResponseItemAnswer> {
  return new Map(
    items.flatMap(({ linkId, answer = [], item }) => [
      ...answer.slice(0, 1).map((one) => [linkId, one] as const),
      ...answersIn(item),
    ]),
  );
}
