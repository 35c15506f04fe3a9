import type { Finding, Judged } from '../judged.ts';

export type Test = (finding: Finding, judged: Judged, checked: Judged) => boolean;

/** A kind of finding that one of both has and the other has not at that place, and why that is right. */
export interface Explanation {
  /** How the README calls it. */
  readonly name: string;
  /** With the clause of FHIR where the judge is wrong. */
  readonly reason: string;
  /** Whether it explains a finding that the judge alone has. */
  readonly judge?: Test;
  /** Whether it explains a finding that the checker alone has. */
  readonly checker?: Test;
}

/** A place without the type of a choice: the judge's parser says `value[x]`, and `value.ofType(Quantity)` later. */
export const roughly = (at: string): string => at.replaceAll(/\.ofType\(\w+\)|\[x\]/g, '');

/** What holds the element; of an item, what holds its list. */
export const around = (at: string): string => roughly(at).replace(/\.\w+(\[\d+\])?$/, '');

/** The list that an item stands in. */
export const listOf = (at: string): string => roughly(at).replace(/\[\d+\]$/, '');

/** Whether it has an error of which this holds. */
export const has = ({ errors }: Judged, test: (at: string, id: string) => boolean): boolean =>
  errors.some(([at, id]) => test(roughly(at), id));

export const isAtOrBelow = (at: string, place: string): boolean =>
  at === place || at.startsWith(`${place}.`) || at.startsWith(`${place}[`);

/** Both have an error at one and the same place below this one. */
export const isFaultBelow = (place: string, judged: Judged, checked: Judged): boolean =>
  has(judged, (at) => at !== place && isAtOrBelow(at, place) && has(checked, (other) => other === at));
