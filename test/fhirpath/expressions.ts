import * as fc from 'fast-check';
import { model } from './model.ts';

/** Expressions that somebody might write about a resource, drawn from the names and the values that it has. */

/** Takes a number below `limit` from what was drawn. */
type Pick = (limit: number) => number;

interface Drawn {
  readonly text: string;
  readonly type: string;
}

const texts = ['final', 'http://loinc.org', 'a', '', 'PHQ-9', 'urn:uuid:', '44249-1'];
const primitive = /^[a-z]/;

export function expressionFrom(drawn: readonly number[], type: string, values: readonly string[]): string {
  let at = 0;
  const pick: Pick = (limit) => {
    const number = drawn[at % drawn.length] ?? 0;
    at += 1;
    return number % limit;
  };
  return truth(pick, type, [...texts, ...values], 3);
}

export const drawn = fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 40 });

/** What the other engine does not say of its items: ids are strings, extensions extensions. */
const otherEngineKnows = (type: string): boolean =>
  !['string', 'Extension', 'Element'].includes(type) && !type.includes('.');

const oneOf = <T>(pick: Pick, ...values: readonly T[]): T => values[pick(values.length)] as T;
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function path(pick: Pick, type: string, length: number): Drawn {
  const names = model.elements(type);
  if (names.length === 0 || primitive.test(type)) return { text: '$this', type };
  const parts: string[] = [];
  let now = type;
  for (let step = 0; step <= pick(length); step += 1) {
    // The other engine takes `repeat` of a string for JavaScript's own.
    const own = model.elements(now).filter((name) => name !== 'repeat');
    const name = oneOf(pick, ...own);
    const info = model.element(now, name);
    if (info === undefined) break;
    const next = oneOf(pick, ...info.types);
    parts.push(name === 'div' ? '`div`' : name);
    if (info.choice && pick(3) === 0) parts.push(`ofType(${next})`);
    now = next;
    if (primitive.test(now) || model.elements(now).length === 0) break;
  }
  return { text: parts.join('.'), type: now };
}

function collection(pick: Pick, type: string, words: readonly string[], depth: number): Drawn {
  const from = path(pick, type, 4);
  if (depth === 0) return from;
  switch (pick(13)) {
    case 0:
      return { text: `${from.text}.where(${truth(pick, from.type, words, depth - 1)})`, type: from.type };
    case 1:
      return { text: `${from.text}.${oneOf(pick, 'first()', 'last()', 'tail()', 'distinct()')}`, type: from.type };
    case 2:
      return { text: `${from.text}.${oneOf(pick, 'skip', 'take')}(${pick(3)})`, type: from.type };
    case 3: {
      const inner = collection(pick, from.type, words, depth - 1);
      return { text: `${from.text}.select(${inner.text})`, type: inner.type };
    }
    case 4:
      return { text: `(${from.text} | ${collection(pick, type, words, depth - 1).text})`, type: from.type };
    case 5:
      return { text: `${from.text}.combine(${collection(pick, type, words, depth - 1).text})`, type: from.type };
    case 6:
      return { text: `${from.text}[${pick(3)}]`, type: from.type };
    case 7:
      return { text: `${from.text}.children()`, type: 'Element' };
    case 8:
      return { text: `descendants().${oneOf(pick, 'code', 'reference', 'extension', 'id')}`, type: 'Element' };
    case 9:
      return {
        text: `${from.text}.${oneOf(pick, 'intersect', 'exclude')}(${path(pick, type, 4).text})`,
        type: from.type,
      };
    case 10:
      return { text: `${from.text}.extension(${quoted(oneOf(pick, ...words))})`, type: 'Extension' };
    case 11:
      return {
        text: `iif(${truth(pick, type, words, depth - 1)}, ${from.text}, ${path(pick, type, 4).text})`,
        type: from.type,
      };
    default:
      return from;
  }
}

/** Between types where the other engine converts as FHIRPath says: not from a date of FHIR, nor from an object. */
function conversion(pick: Pick, { text, type }: Drawn): string {
  if (!['string', 'code', 'decimal', 'boolean', 'integer', 'positiveInt'].includes(type))
    return `${text}.exists().not()`;
  return `${text}.first().${oneOf(pick, 'toInteger', 'toString', 'toDecimal', 'toDateTime', 'toBoolean')}().exists()`;
}

function truth(pick: Pick, type: string, words: readonly string[], depth: number): string {
  const from = collection(pick, type, words, depth);
  const word = quoted(oneOf(pick, ...words));
  if (depth > 0 && pick(3) === 0) {
    const [left, right] = [truth(pick, type, words, depth - 1), truth(pick, type, words, depth - 1)];
    return `(${left} ${oneOf(pick, 'and', 'or', 'xor', 'implies', '=', '!=')} ${right})`;
  }
  switch (depth === 0 ? 2 + pick(17) : pick(19)) {
    case 0:
      return `${from.text}.exists(${truth(pick, from.type, words, depth - 1)})`;
    case 1:
      return `${from.text}.all(${truth(pick, from.type, words, depth - 1)})`;
    case 2:
      return `${from.text}.empty()`;
    case 3:
      return `${from.text}.hasValue()`;
    case 4:
      return `(${from.text}.count() ${oneOf(pick, '<', '<=', '>', '>=', '=', '!=')} ${pick(4)})`;
    case 5:
      return `(${from.text} ${oneOf(pick, '=', '!=', '~', '!~')} ${word})`;
    case 6:
      return `(${from.text} in (${word} | ${quoted(oneOf(pick, ...words))}))`;
    case 7:
      return `${from.text}.${oneOf(pick, 'startsWith', 'endsWith', 'contains', 'matches')}(${quoted('a')})`;
    case 8:
      return `${from.text}.isDistinct()`;
    case 9:
      return `(${from.text} is ${otherEngineKnows(from.type) ? from.type : 'Coding'})`;
    case 10:
      return `(${from.text}.length() ${oneOf(pick, '<', '>', '=')} ${pick(9)})`;
    case 11:
      return `(${from.text} ${oneOf(pick, '<', '<=', '>', '>=', '=', '!=')} ${path(pick, type, 4).text})`;
    case 12:
      return `(${from.text} & ${word}).exists()`;
    case 13:
      return conversion(pick, path(pick, type, 4));
    case 14:
      return `(${from.text} ${oneOf(pick, '<', '>', '=', '<=')} ${oneOf(pick, '1', '2.5', '@2026-01-15', '@2026-01-15T10:00:00Z')})`;
    case 15:
      return `${from.text}.distinct().${oneOf(pick, 'subsetOf', 'supersetOf')}(${path(pick, type, 4).text}.distinct())`;
    case 16:
      return `${from.text}.${oneOf(pick, 'exists().not()', 'single().exists()')}`;
    default:
      return `${from.text}.exists()`;
  }
}
