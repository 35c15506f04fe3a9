import { keywords, type Keyword, type KeywordList } from '../course/keywords.ts';
import type { Code, Quantity, Reason, Ref } from '../course/schema.ts';
import { fhirDateTime, isLocalText } from '../course/time.ts';
import { base, codeSystem } from '../definitions/terminology.ts';
import { shared } from '../json/bytes.ts';
import { isJsonNumber, type JsonNumber } from '../json/json.ts';
import { ownCoding, standardConcept } from './codings.ts';
import { originalTextUrl, timeZoneUrl, ucum } from './canonicals.ts';
import { elementIn, elementsIn, textIn, type Elements } from './elements.ts';

/** What a leaf needs to know of the course around it. */
export interface LeafContext {
  /** The course's IANA time zone. */
  readonly zone: string | undefined;
}

/** How a value of the course stands in a FHIR element, in both directions. */
export interface Leaf<V> {
  /** The FHIR type, as a choice type's name ends (`Quantity`, `dateTime`). */
  readonly type: string;
  put(into: Elements, name: string, value: V, context: LeafContext): void;
  /** Undefined where the element is not there or is not one that `put` could have written. */
  take(from: Elements, name: string): V | undefined;
}

function plain<V>(type: string, is: (value: unknown) => value is V): Leaf<V> {
  return {
    type,
    put: (into, name, value) => void (into[name] = value),
    take: (from, name) => {
      const value = from[name];
      return is(value) ? value : undefined;
    },
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

export const string = plain('string', isText);
export const uriText = plain('uri', isText);
export const date = plain('date', isText);
export const yes = plain('boolean', (value): value is boolean => typeof value === 'boolean');
export const integer = plain(
  'integer',
  (value): value is number => typeof value === 'number' && Number.isInteger(value),
);
export const decimal = plain('decimal', isJsonNumber);

/** A whole number that can pass FHIR's 32 bits, as text. */
export const longInteger: Leaf<number> = {
  type: 'string',
  put: (into, name, value) => void (into[name] = String(value)),
  take: (from, name) => {
    const text = textIn(from, name);
    return text !== undefined && /^(0|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
  },
};

/**
 * A clinical time. Where FHIR needs another text (seconds, offset) the clinic's own travels beside it in the core
 * extensions originalText and tz-code, and is what comes back.
 */
export const time: Leaf<string> = {
  type: 'dateTime',
  put: (into, name, value, { zone }) => {
    into[name] = fhirDateTime(value, zone);
    if (zone === undefined || !isLocalText(value)) return;
    into[`_${name}`] = {
      extension: [{ url: originalTextUrl, valueString: value }, zoneExtension(zone)],
    };
  },
  take: (from, name) => {
    const original = elementsIn(elementIn(from, `_${name}`), 'extension').find((one) => one['url'] === originalTextUrl);
    return textIn(original, 'valueString') ?? textIn(from, name);
  },
};

let latestZone = shared({ url: timeZoneUrl, valueCode: 'UTC' });

// The times of a course are all of one zone.
function zoneExtension(zone: string): Elements {
  if (latestZone.valueCode !== zone) latestZone = shared({ url: timeZoneUrl, valueCode: zone });
  return latestZone;
}

/** A Quantity in UCUM: the unit is its code. */
export const quantityOf = ({ value, unit }: Quantity): Elements => ({ value, unit, system: ucum, code: unit });

/** A quantity in UCUM. */
export const quantity: Leaf<Quantity> = {
  type: 'Quantity',
  put: (into, name, value) => void (into[name] = quantityOf(value)),
  take: (from, name) => {
    const found = elementIn(from, name);
    const value = found?.['value'];
    const unit = textIn(found, 'code');
    return isJsonNumber(value) && unit !== undefined ? { value, unit } : undefined;
  },
};

/** A number whose unit the format fixes, as a UCUM quantity: servers find quantities by value, not integers. */
export const numberIn = (unit: string): Leaf<JsonNumber> => ({
  type: 'Quantity',
  put: (into, name, value, context) => quantity.put(into, name, { value, unit }, context),
  take: (from, name) => {
    const found = quantity.take(from, name);
    return found?.unit === unit ? found.value : undefined;
  },
});

/** The same for whole numbers. */
export const integerIn = (unit: string): Leaf<number> => {
  const any = numberIn(unit);
  return {
    ...any,
    take: (from, name) => {
      const value = any.take(from, name);
      return typeof value === 'number' ? value : undefined;
    },
  };
};

/** A keyword as a concept: the standard codings where there are verified ones, then ours, which is read. */
export function keyword<L extends KeywordList>(list: L): Leaf<Keyword<L>> {
  return {
    type: 'CodeableConcept',
    put: (into, name, value) => void (into[name] = standardConcept(list, value)),
    take: (from, name) => ownCode(elementsIn(elementIn(from, name), 'coding'), list),
  };
}

/** A keyword of a list, or a text of the clinic's own where the list has no such keyword. */
export function keywordOrText(list: KeywordList): Leaf<string> {
  return {
    type: 'CodeableConcept',
    put: (into, name, value) => {
      const ours = keywords[list].some((known) => known === value);
      into[name] = ours ? standardConcept(list, value) : { text: value };
    },
    take: (from, name) => {
      const concept = elementIn(from, name);
      return ownCode(elementsIn(concept, 'coding'), list) ?? textIn(concept, 'text');
    },
  };
}

/** A keyword where FHIR has room for one coding only: ours. */
export function keywordCoding<L extends KeywordList>(list: L): Leaf<Keyword<L>> {
  return {
    type: 'Coding',
    put: (into, name, value) => void (into[name] = ownCoding(list, value)),
    take: (from, name) => ownCode(codingsOf(elementIn(from, name)), list),
  };
}

const codingsOf = (coding: Elements | undefined): Elements[] => (coding === undefined ? [] : [coding]);

function ownCode<L extends KeywordList>(codings: readonly Elements[], list: L): Keyword<L> | undefined {
  const found = codings.find((coding) => coding['system'] === codeSystem(list));
  return textIn(found, 'code') as Keyword<L> | undefined;
}

const codingOf = ({ system, code, display }: Code): Elements => ({
  system,
  code,
  ...(display !== undefined && { display }),
});

function codeFrom(coding: Elements | undefined): Code | undefined {
  const system = textIn(coding, 'system');
  const code = textIn(coding, 'code');
  if (system === undefined || code === undefined || system.startsWith(base)) return undefined;
  const display = textIn(coding, 'display');
  return { system, code, ...(display !== undefined && { display }) };
}

/** A code of a system that is not ours: it travels alone. */
export const code: Leaf<Code> = {
  type: 'CodeableConcept',
  put: (into, name, value) => void (into[name] = { coding: [codingOf(value)] }),
  take: (from, name) => codeFrom(elementsIn(elementIn(from, name), 'coding')[0]),
};

/** The same where FHIR has room for one coding only. */
export const codeCoding: Leaf<Code> = {
  type: 'Coding',
  put: (into, name, value) => void (into[name] = codingOf(value)),
  take: (from, name) => codeFrom(elementIn(from, name)),
};

/** A code, the key of one of our lists, or a text: which of our CodeSystems a coding is of tells them apart. */
export function reasonIn(...lists: readonly [KeywordList, ...KeywordList[]]): Leaf<Reason> {
  return {
    type: 'CodeableConcept',
    put: (into, name, value) => void (into[name] = conceptOf(value, lists)),
    take: (from, name) => {
      const concept = elementIn(from, name);
      const codings = elementsIn(concept, 'coding');
      const key = lists.map((list) => ownCode(codings, list)).find((found) => found !== undefined);
      if (key !== undefined) return { key: key as NonNullable<Reason['key']> };
      const text = textIn(concept, 'text');
      return codeFrom(codings[0]) ?? (text === undefined ? undefined : { text });
    },
  };
}

function conceptOf({ key, text, system, code: given, display }: Reason, lists: readonly KeywordList[]): Elements {
  if (text !== undefined) return { text };
  if (key === undefined) return { coding: [codingOf({ system: system ?? '', code: given ?? '', display })] };
  const list = lists.find((one) => keywords[one].some((known) => known === key));
  return list === undefined ? { coding: [] } : standardConcept(list, key);
}

/** A code, or the keyword of a list. */
type CodeOrKey<L extends KeywordList> = Partial<Code> & { readonly key?: Keyword<L> | undefined };

/** A code, or a key of a list with its standard codings before it. */
export function codeOrKey<L extends KeywordList>(list: L): Leaf<CodeOrKey<L>> {
  return {
    type: 'CodeableConcept',
    put: (into, name, { key, system, code: given, display }) =>
      void (into[name] =
        key === undefined
          ? { coding: [codingOf({ system: system ?? '', code: given ?? '', display })] }
          : standardConcept(list, key)),
    take: (from, name) => {
      const codings = elementsIn(elementIn(from, name), 'coding');
      const key = ownCode(codings, list);
      return key === undefined ? codeFrom(codings[0]) : { key };
    },
  };
}

/** A code or a key of a list, where FHIR has room for one coding only. */
export function codeOrKeyCoding<L extends KeywordList>(list: L): Leaf<CodeOrKey<L>> {
  return {
    type: 'Coding',
    put: (into, name, { key, system, code: given, display }) =>
      void (into[name] =
        key === undefined ? codingOf({ system: system ?? '', code: given ?? '', display }) : ownCoding(list, key)),
    take: (from, name) => {
      const coding = elementIn(from, name);
      const key = ownCode(codingsOf(coding), list);
      return key === undefined ? codeFrom(coding) : { key };
    },
  };
}

/** A person or a place: a logical reference, by identifier and name. A reference to the patient is none of these. */
export const ref: Leaf<Ref> = {
  type: 'Reference',
  put: (into, name, { system, id, name: display }) => {
    const identifier = { ...(system !== undefined && { system }), ...(id !== undefined && { value: id }) };
    into[name] = {
      ...((system !== undefined || id !== undefined) && { identifier }),
      ...(display !== undefined && { display }),
    };
  },
  take: (from, name) => {
    const found = elementIn(from, name);
    if (found === undefined || found['type'] === 'Patient') return undefined;
    const system = textIn(elementIn(found, 'identifier'), 'system');
    const id = textIn(elementIn(found, 'identifier'), 'value');
    const display = textIn(found, 'display');
    const value = {
      ...(system !== undefined && { system }),
      ...(id !== undefined && { id }),
      ...(display !== undefined && { name: display }),
    };
    return Object.keys(value).length === 0 ? undefined : value;
  },
};
