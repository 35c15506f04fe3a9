import { startJudge } from '../judge.ts';
import { biteAll, lineOf } from './bite.ts';

/** `npm run profiles:bite`: every constraint of the profiles, and the mutant that shows that it bites. */

const judge = await startJudge();
try {
  const all = await biteAll(judge.judge);
  for (const one of all) console.log(lineOf(one));
  if (all.some(({ mutant }) => mutant === undefined)) process.exitCode = 1;
} finally {
  await judge.stop();
}
