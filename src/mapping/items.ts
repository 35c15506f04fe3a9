import type { AssessmentItem } from '../course/schema.ts';
import { itemCalled, type AnswerOption, type Instrument, type InstrumentItem } from '../definitions/instrument.ts';
import { shared } from '../json/bytes.ts';
import { isJsonNumber, numberValue } from '../json/json.ts';
import { ordinalValueUrl } from './canonicals.ts';
import { elementIn, elementsIn, listIn, textIn, type Elements } from './elements.ts';
import { codeCoding, date, decimal, integer, string, time, yes, type LeafContext } from './leaves.ts';

/** The items of a response, in the order and the groups of the instrument. */
export function writeItems(given: readonly AssessmentItem[], instrument: Instrument, context: LeafContext): Elements[] {
  const byLinkId = new Map(given.map((one) => [one.linkId, one]));
  const written: Elements[] = [];
  for (const item of instrument.items.values()) {
    const one = byLinkId.get(item.linkId);
    if (one === undefined) continue;
    let siblings = written;
    for (const linkId of item.path) siblings = itemsBelow(siblings, linkId, instrument.items.has(linkId));
    siblings.push({ linkId: item.linkId, answer: [answerOf(one, item, context)] });
  }
  return written;
}

/** What stands below a group, or below the answer of a question, which needs no value of its own. */
function itemsBelow(siblings: Elements[], linkId: string, isQuestion: boolean): Elements[] {
  let parent = siblings.find((one) => one['linkId'] === linkId);
  if (parent === undefined) {
    parent = isQuestion ? { linkId, answer: [{}] } : { linkId };
    siblings.push(parent);
  }
  const holder = (isQuestion ? elementsIn(parent, 'answer')[0] : undefined) ?? parent;
  return listIn(holder, 'item') as Elements[];
}

function answerOf(given: AssessmentItem, item: InstrumentItem, context: LeafContext): Elements {
  const answer: Elements = {};
  if (given.value !== undefined) {
    const weight = numberValue(given.value);
    const option = item.options.find((one) => one.answeredBy === 'value' && one.weight === weight);
    if (option !== undefined) answer['valueCoding'] = weightedCoding(option, weight);
    else if (item.type === 'integer') answer['valueInteger'] = given.value;
    else decimal.put(answer, 'valueDecimal', given.value, context);
  } else if (given.code !== undefined) codeCoding.put(answer, 'valueCoding', given.code, context);
  else if (given.text !== undefined) string.put(answer, 'valueString', given.text, context);
  else if (given.time !== undefined && item.type === 'date') date.put(answer, 'valueDate', given.time, context);
  else if (given.time !== undefined) time.put(answer, 'valueDateTime', given.time, context);
  else if (given.yes !== undefined) yes.put(answer, 'valueBoolean', given.yes, context);
  return answer;
}

/** Of each option there is one object, so that its coding is made once. */
const weightedCodings = new WeakMap<AnswerOption, Elements>();

function weightedCoding(option: AnswerOption, weight: number): Elements {
  const known = weightedCodings.get(option);
  if (known !== undefined) return known;
  const { system, code, display } = option;
  const extension = [{ url: ordinalValueUrl, valueDecimal: weight }];
  const coding = shared({ extension, system, code, ...(display !== undefined && { display }) });
  weightedCodings.set(option, coding);
  return coding;
}

/** The answers of a response to the items that the instrument has. */
export function readItems(response: Elements, instrument: Instrument): AssessmentItem[] {
  const found = new Map<InstrumentItem, Elements>();
  const collect = (parent: Elements): void => {
    for (const one of elementsIn(parent, 'item')) {
      const item = itemCalled(instrument, textIn(one, 'linkId') ?? '');
      const [answer] = elementsIn(one, 'answer');
      if (item !== undefined && answer !== undefined && !found.has(item)) found.set(item, answer);
      collect(one);
      if (answer !== undefined) collect(answer);
    }
  };
  collect(response);
  return [...instrument.items.values()].flatMap((item) => {
    const answer = found.get(item);
    const value = answer === undefined ? undefined : valueOf(answer, item);
    return value === undefined ? [] : [{ linkId: item.linkId, ...value }];
  });
}

function valueOf(answer: Elements, item: InstrumentItem): Omit<AssessmentItem, 'linkId'> | undefined {
  const coding = elementIn(answer, 'valueCoding');
  if (coding !== undefined) {
    const option = item.options.find(({ system, code }) => coding['system'] === system && coding['code'] === code);
    if (option?.weight !== undefined && option.answeredBy === 'value') return { value: option.weight };
    const code = codeCoding.take(answer, 'valueCoding');
    return code === undefined ? undefined : { code };
  }
  const whole = integer.take(answer, 'valueInteger');
  const value = whole ?? decimal.take(answer, 'valueDecimal');
  if (isJsonNumber(value)) return { value };
  const text = string.take(answer, 'valueString');
  if (text !== undefined) return { text };
  const at = time.take(answer, 'valueDateTime') ?? date.take(answer, 'valueDate');
  if (at !== undefined) return { time: at };
  const given = yes.take(answer, 'valueBoolean');
  return given === undefined ? undefined : { yes: given };
}
