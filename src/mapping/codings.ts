import { codeSystem, keywordCodings, type Coding } from '../definitions/terminology.ts';
import { shared } from '../json/bytes.ts';
import type { Elements } from './elements.ts';

/**
 * Codings and concepts that are in nearly every resource. There are a few hundred of them: each is made once, frozen, and
 * its JSON with it. Codes are keywords and names of ours, never what a course says.
 */

/** A coding of a CodeSystem of ours. */
export const ownCoding = remembered((list, code): Coding => ({ system: codeSystem(list), code }));

/** The concept of a code of ours alone. */
export const ownConcept = remembered((list, code): Elements => ({ coding: [ownCoding(list, code)] }));

/** The concept of a code of ours with its standard codings before it. */
export const standardConcept = remembered((list, code): Elements => ({ coding: keywordCodings(list, code) }));

function remembered<T extends object>(make: (list: string, code: string) => T): (list: string, code: string) => T {
  const known = new Map<string, Map<string, T>>();
  return (list, code) => {
    const ofList = known.get(list) ?? new Map<string, T>();
    const value = ofList.get(code);
    if (value !== undefined) return value;
    const made = shared(make(list, code));
    known.set(list, ofList.set(code, made));
    return made;
  };
}
