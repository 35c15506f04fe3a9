import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeJson } from '../../../src/json/json.ts';
import { startJudge } from '../judge.ts';
import { checkedBy, corpusChecker } from './checked.ts';
import { disagreementOn, lineOf } from './compare.ts';
import { mutantsOf, type Drawn } from './draw.ts';
import { guideFolder, judgedBy, type Judged } from './judged.ts';

/**
 * `npm run test:disagreement -- [--count 10000] [--seed WORD]`: random mutants through the checker and the judge, of a
 * new seed each time, which is printed. What they disagree on is appended to `found.ndjson`; exit 1 where there is any.
 */

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 10_000);
const seed = values.seed ?? Math.random().toString(36).slice(2, 10);
const AT_ONCE = 500;

console.log(`seed ${seed}, ${count} mutants`);
const judge = await startJudge([guideFolder]);
try {
  process.exitCode = (await compare()) > 0 ? 1 : 0;
} finally {
  await judge.stop();
}

async function compare(): Promise<number> {
  const checker = corpusChecker();
  const drawn = mutantsOf(seed);
  let refused = 0;
  let disagreements = 0;
  for (let done = 0; done < count; done += AT_ONCE) {
    const batch = nextOf(drawn, Math.min(AT_ONCE, count - done));
    const verdicts = await judgedBy(judge, batch);
    refused += verdicts.filter(({ errors }) => errors.length > 0).length;
    for (const [index, one] of batch.entries()) disagreements += report(one, verdicts[index], checkedBy(checker, one));
  }
  console.log(`${count} mutants of seed ${seed}: ${refused} refused by the judge, ${disagreements} disagreements`);
  return disagreements;
}

/** `take` would end the generator. */
function nextOf(drawn: Generator<Drawn>, many: number): Drawn[] {
  return Array.from({ length: many }, () => drawn.next().value as Drawn);
}

function report(one: Drawn, judged: Judged | undefined, checked: Judged): 0 | 1 {
  const disagreement = judged && disagreementOn(judged, checked);
  if (disagreement === undefined) return 0;
  console.log(lineOf(disagreement));
  appendFileSync(fileURLToPath(new URL('found.ndjson', import.meta.url)), `${writeJson(one.line)}\n`);
  return 1;
}
