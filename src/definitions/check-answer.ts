import type { Code } from '../course/schema.ts';
import { isDateText } from '../course/time.ts';
import { numberValue, type JsonNumber } from '../json/json.ts';
import type { InstrumentItem } from './instrument.ts';

/** An answer of the course format: the field that was given and, where it is judged by it, its value. */
export type Answer =
  | { readonly field: 'value'; readonly value: JsonNumber }
  | { readonly field: 'code'; readonly code: Pick<Code, 'system' | 'code'> }
  | { readonly field: 'time'; readonly time: string }
  | { readonly field: 'text' | 'yes' };

/** What is wrong with an answer, or what a good one counts in a score, if anything. */
export interface CheckedAnswer {
  readonly fault?: 'wrong-answer-type' | 'answer-out-of-range';
  readonly weight?: number;
}

/** Whether an item takes an answer: first the field, then the value. */
export function checkAnswer(item: InstrumentItem, answer: Answer): CheckedAnswer {
  switch (answer.field) {
    case 'value':
      return checkValue(item, answer.value);
    case 'code':
      return checkCode(item, answer.code);
    case 'text':
      // An open choice takes a text beside its options.
      return item.answeredBy === 'text' || item.type === 'open-choice' ? {} : wrongType;
    case 'time':
      if (item.answeredBy !== 'time') return wrongType;
      // A date has no time of day, and to cut one off would change what the clinic said.
      return item.type === 'date' && !isDateText(answer.time) ? outOfRange : {};
    default:
      return item.answeredBy === 'yes' ? {} : wrongType;
  }
}

const wrongType: CheckedAnswer = { fault: 'wrong-answer-type' };
const outOfRange: CheckedAnswer = { fault: 'answer-out-of-range' };

function checkValue(item: InstrumentItem, value: JsonNumber): CheckedAnswer {
  const { answeredBy, options, numbers, type, min, max } = item;
  if (answeredBy !== 'value') return wrongType;
  const weight = numberValue(value);
  if (options.length > 0) {
    // A coded answer is one of a few: 2 is one of them, 2.0 says a precision that a code does not have.
    const option = typeof value === 'number' ? options.find((one) => one.weight === value) : undefined;
    if (option === undefined) return outOfRange;
    return option.answeredBy === 'value' ? { weight } : wrongType;
  }
  if (type === 'integer' && !(typeof value === 'number' && Number.isInteger(value))) return outOfRange;
  if (numbers !== undefined && !numbers.includes(weight)) return outOfRange;
  return (min !== undefined && weight < min) || (max !== undefined && weight > max) ? outOfRange : { weight };
}

function checkCode({ type, options, answeredBy }: InstrumentItem, given: Pick<Code, 'system' | 'code'>): CheckedAnswer {
  const isChoice = type === 'choice' || type === 'open-choice';
  const byCode = options.filter((one) => one.answeredBy === 'code');
  if (!isChoice || (answeredBy !== 'code' && byCode.length === 0 && type === 'choice')) return wrongType;
  // A choice without options draws from a value set, which a terminology server knows.
  if (options.length === 0) return {};
  const option = options.find(({ system, code }) => system === given.system && code === given.code);
  if (option === undefined) return type === 'open-choice' ? {} : outOfRange;
  if (option.answeredBy === 'value') return wrongType;
  return option.weight === undefined ? {} : { weight: option.weight };
}
