import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Issue, Judge } from '../judge.ts';
import type { Case } from './cases.ts';

/** A place in the resource, and what is wrong there: the judge's id of it, or its words where it gives none. */
export type Finding = readonly [at: string, id: string];

/** What the judge said of a case; `judged.ndjson` keeps one a line, so that `npm test` needs no Java. */
export interface Judged {
  readonly name: string;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** The folder with the definitions that the corpus is about, beside R4's and our own. */
export const guideFolder = fileURLToPath(new URL('guide', import.meta.url));

const file = fileURLToPath(new URL('judged.ndjson', import.meta.url));

export const recorded = (): Judged[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Judged);

export const record = (verdicts: readonly Judged[]): void =>
  writeFileSync(file, verdicts.map((one) => `${JSON.stringify(one)}\n`).join(''));

/** The judge's verdicts, in the order of the cases. */
export async function judgedBy({ judge }: Judge, cases: readonly Case[]): Promise<Judged[]> {
  const verdicts = await judge(cases.map(({ text }) => text).join('\n'));
  return cases.map(({ name }, index) => {
    const issues = verdicts[index]?.issues ?? [];
    return {
      name,
      errors: findingsOf(issues.filter(({ severity }) => severity === 'error' || severity === 'fatal')),
      warnings: findingsOf(issues.filter(({ severity }) => severity === 'warning')),
    };
  });
}

/** Each finding once, its place without the judge's remarks: `/*Patient/p1*\/`, `[url='…']`, `$` for the whole. */
function findingsOf(issues: readonly Issue[]): Finding[] {
  const findings = issues.map(({ at, id, text }) => `${placeOf(at)}\n${namedBy(id, text.replaceAll('\n', ' '))}`);
  return [...new Set(findings)].toSorted().map((one) => one.split('\n') as unknown as Finding);
}

/** Its id; its words where it has none, or where many kinds share one. */
function namedBy(id: string, text: string): string {
  if (id === '') return text.slice(0, 60);
  return id === 'Terminology_PassThrough_TX_Message' ? `${id} ${text.slice(0, 80)}` : id;
}

const placeOf = (at: string): string =>
  at
    .replaceAll(/\/\*.*?\*\//g, '')
    .replaceAll(/\[url='.*?'\]/g, '')
    .replace(/^(null|\$)$/, '');
