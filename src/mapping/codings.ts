import { codeSystem, keywordCodings, type Coding } from '../definitions/terminology.ts';

/** A coding of a CodeSystem of ours. */
export const ownCoding = (list: string, code: string): Coding => ({
  system: codeSystem(list),
  code,
});

/** The standard codings of a code of ours, which stand before it. */
export function standardCodings(list: string, code: string): Coding[] {
  return keywordCodings(list, code).filter(({ system }) => system !== codeSystem(list));
}
