import { explanationOf } from './explained.ts';
import { roughly } from './explained/explanation.ts';
import type { Finding, Judged } from './judged.ts';

/** How checker and judge disagree on a case. */
export interface Disagreement {
  readonly name: string;
  /** `missed` and `false alarm` are about the verdict, `places` about where the errors are. */
  readonly kind: 'missed' | 'false alarm' | 'places';
  /** Findings of the judge at places where the checker has none, but for explained ones. */
  readonly judgeAlone: readonly Finding[];
  /** The same of the checker. */
  readonly checkerAlone: readonly Finding[];
}

/** The errors of both as sets of places, but for what `explained.ts` lists; undefined where they agree. */
export function disagreementOn(judged: Judged, checked: Judged): Disagreement | undefined {
  const judgeAlone = unanswered(judged.errors, checked.errors).filter(
    (finding) => explanationOf('judge', judged, checked, finding) === undefined,
  );
  const checkerAlone = unanswered(checked.errors, judged.errors).filter(
    (finding) => explanationOf('checker', judged, checked, finding) === undefined,
  );
  if (judgeAlone.length === 0 && checkerAlone.length === 0) return undefined;
  const { name } = judged;
  if (checked.errors.length === 0) return { name, kind: 'missed', judgeAlone, checkerAlone };
  if (judged.errors.length === 0) return { name, kind: 'false alarm', judgeAlone, checkerAlone };
  return { name, kind: 'places', judgeAlone, checkerAlone };
}

function unanswered(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const places = new Set(others.map(([at]) => roughly(at)));
  return findings.filter(([at]) => !places.has(roughly(at)));
}

/** The disagreements of all cases; a case that one of both lists lacks is an error. */
export function disagreementsOf(judged: readonly Judged[], checked: readonly Judged[]): Disagreement[] {
  const byName = new Map(judged.map((one) => [one.name, one]));
  return checked.flatMap((one) => {
    const verdict = byName.get(one.name);
    if (verdict === undefined)
      throw new Error(`${one.name} has not been judged: node test/conformance/corpus/record.ts`);
    return disagreementOn(verdict, one) ?? [];
  });
}

/** For people: one line a disagreement. */
export const lineOf = ({ name, kind, judgeAlone, checkerAlone }: Disagreement): string =>
  `${kind.padEnd(11)} ${name}\n${[
    ...judgeAlone.map((finding) => `    judge   ${finding.join('  ')}`),
    ...checkerAlone.map((finding) => `    checker ${finding.join('  ')}`),
  ].join('\n')}`;
