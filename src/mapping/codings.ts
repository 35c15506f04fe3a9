import { codeSystem, keywordCodings } from '../definitions/terminology.ts';
import type { Elements } from './elements.ts';

/** A coding of a CodeSystem of ours. */
export const ownCoding = (list: string, code: string): { readonly system: string; readonly code: string } => ({
  system: codeSystem(list),
  code,
});

/** The standard codings of a code of ours, which stand before it. */
export function standardCodings(list: string, code: string): Elements[] {
  return keywordCodings(list, code).filter(({ system }) => system !== codeSystem(list)) as Elements[];
}
