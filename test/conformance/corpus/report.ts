import { cases } from './cases.ts';
import { checkedBy, corpusChecker } from './checked.ts';
import { disagreementsOf, lineOf, type Disagreement } from './compare.ts';
import { recorded } from './judged.ts';

/**
 * `node test/conformance/corpus/report.ts [text]` prints where the checker and the recorded judge disagree: how often
 * each kind of finding is alone, and every case (of those that have the text in their line).
 */
const [only = ''] = process.argv.slice(2);
const checker = corpusChecker();
const all = cases();
const checked = all.map((one) => {
  try {
    return checkedBy(checker, one);
  } catch (error) {
    return { name: one.name, errors: [['', `THROWN ${String(error)}`] as const], warnings: [] };
  }
});
const disagreements = disagreementsOf(recorded(), checked);
const shown = disagreements.filter((one) => lineOf(one).includes(only));
for (const one of shown) console.log(lineOf(one));

console.log('\nAlone, by kind:');
for (const [kind, names] of Object.entries(Object.groupBy(shown.flatMap(kindsOf), ([finding]) => finding)).toSorted(
  byCount,
)) {
  const some = (names ?? []).map(([, name]) => name).slice(0, 4);
  console.log(`${String(names?.length).padStart(5)}  ${kind}  (${some.join(', ')})`);
}
const count = (which: Disagreement['kind']): number => disagreements.filter((one) => one.kind === which).length;
console.log(
  `\n${all.length} cases: ${count('missed')} missed, ${count('false alarm')} false alarms, ${count('places')} elsewhere`,
);

function kindsOf({ name, judgeAlone, checkerAlone }: Disagreement): (readonly [string, string])[] {
  return [
    ...judgeAlone.map(([, id]) => [`judge    ${id}`, name] as const),
    ...checkerAlone.map(([, id]) => [`checker  ${id}`, name] as const),
  ];
}

function byCount([, one]: readonly [string, unknown], [, other]: readonly [string, unknown]): number {
  return (other as readonly unknown[]).length - (one as readonly unknown[]).length;
}
