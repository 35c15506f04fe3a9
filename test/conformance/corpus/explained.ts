import type { Finding, Judged } from './judged.ts';

/** A kind of finding that one of both has and the other has not, and why that is right. */
export interface Explanation {
  /** How the README calls it. */
  readonly name: string;
  /** Who alone finds it. */
  readonly by: 'judge' | 'checker';
  /** With the clause of FHIR where the judge is wrong. */
  readonly reason: string;
  readonly applies: (finding: Finding, judged: Judged, checked: Judged) => boolean;
}

const isNoJson = ({ errors }: Judged): boolean => errors.some(([at, id]) => at === '' && noJson.has(id));
const noJson = new Set(['malformed', 'duplicate-key']);

export const explanations: readonly Explanation[] = [
  {
    name: 'no JSON',
    by: 'judge',
    reason: 'A text that is no JSON, or has a name twice in an object, is refused as a whole; the judge reads on.',
    applies: (_, __, checked) => isNoJson(checked),
  },
  {
    name: 'no JSON',
    by: 'checker',
    reason: 'The same: the checker names line and column, the judge a place in what it could read.',
    applies: ([at, id], judged) => at === '' && noJson.has(id) && judged.errors.length > 0,
  },
];

/** The explanation of a finding that one of both has alone, if there is one. */
export const explanationOf = (
  by: 'judge' | 'checker',
  judged: Judged,
  checked: Judged,
  finding: Finding,
): Explanation | undefined => explanations.find((one) => one.by === by && one.applies(finding, judged, checked));
