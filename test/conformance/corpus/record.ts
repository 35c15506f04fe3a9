import { startJudge } from '../judge.ts';
import { cases } from './cases.ts';
import { guideFolder, judgedBy, record } from './judged.ts';

/** `node test/conformance/corpus/record.ts` asks the judge about every case and writes `judged.ndjson`. */
const judge = await startJudge([guideFolder]);
try {
  const verdicts = await judgedBy(judge, cases());
  record(verdicts);
  const refused = verdicts.filter(({ errors }) => errors.length > 0).length;
  console.log(`${verdicts.length} cases, ${refused} with errors`);
  const wrong = verdicts.filter(({ name, errors }) => name.endsWith('/valid') && errors.length > 0);
  for (const one of wrong) console.log(one.name, ...one.errors.map((error) => error.join(' ')));
} finally {
  await judge.stop();
}
