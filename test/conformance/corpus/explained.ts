import { ofJson } from './explained/of-json.ts';
import { ofPlaces } from './explained/of-places.ts';
import { ofRules } from './explained/of-rules.ts';
import type { Explanation } from './explained/explanation.ts';
import type { Finding, Judged } from './judged.ts';

/** Every kind of difference that is none; the README has the same list. */
export const explanations: readonly Explanation[] = [...ofJson, ...ofPlaces, ...ofRules];

/** The explanation of a finding that one of both has alone, if there is one. */
export const explanationOf = (
  by: 'judge' | 'checker',
  judged: Judged,
  checked: Judged,
  finding: Finding,
): Explanation | undefined => explanations.find((one) => one[by]?.(finding, judged, checked) ?? false);
