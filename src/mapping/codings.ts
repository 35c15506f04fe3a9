import { codeSystem, type Coding } from '../definitions/terminology.ts';

/** A coding of a CodeSystem of ours. */
export const ownCoding = (list: string, code: string): Coding => ({
  system: codeSystem(list),
  code,
});
