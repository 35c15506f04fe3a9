import { readdirSync, readFileSync } from 'node:fs';
import structures from '../../../profiles/r4/structures.json' with { type: 'json' };
import { everythingPublished } from '../../../profiles/make/artefacts.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../../src/json/json.ts';
import { severityOf } from '../../../src/outcome/issue.ts';
import { checkerOf, type Checker } from '../../../src/validation/checker.ts';
import { knowledgeIn } from '../../../src/validation/knowledge.ts';
import type { Case } from './cases.ts';
import { guideFolder, type Finding, type Judged } from './judged.ts';

/** What the judge was given: our artefacts and the guide's. */
function artefacts(): JsonObject[] {
  const guide = readdirSync(guideFolder).map((name) => readFileSync(`${guideFolder}/${name}`, 'utf8'));
  return [...everythingPublished().map(({ text }) => text), ...guide].flatMap((text) => {
    const parsed = parseJson(text);
    return parsed.ok && isJsonObject(parsed.value) ? [parsed.value] : [];
  });
}

/** The checker with the same definitions as the judge. */
export const corpusChecker = (): Checker => checkerOf([knowledgeIn(artefacts())]);

/** The checker's verdict in the judge's shape; a text that is no JSON is an error without a place. */
export function checkedBy(checker: Checker, { name, text }: Case): Judged {
  const parsed = parseJson(text);
  if (!parsed.ok) return { name, errors: [['', parsed.fault.kind]], warnings: [] };
  const issues = checker.check(parsed.value);
  const ofSeverity = (severity: 'error' | 'warning'): Finding[] =>
    issues.filter((issue) => severityOf(issue) === severity).map(({ at, code, facts }) => [at, named(code, facts)]);
  return { name, errors: ofSeverity('error'), warnings: ofSeverity('warning') };
}

const named = (code: string, facts: object | undefined): string =>
  [code, ...Object.values(facts ?? {}).map(String)].join(' ');

/** Every word that an issue may hold: names of elements and types, and what definitions and Questionnaires say. */
export function corpusWords(): ReadonlySet<string> {
  const found = new Set<string>();
  const gather = (value: unknown): void => {
    if (typeof value === 'string') {
      found.add(value);
      for (const part of value.split(/[.:|#[\]]+/)) found.add(part);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) {
        found.add(name);
        gather(one);
      }
    }
  };
  for (const artefact of artefacts()) gather(artefact);
  gather(structures);
  return found;
}
