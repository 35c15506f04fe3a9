import { catalogue, type IssueCode, type Severity } from './catalogue.ts';

/** Something wrong, as a value. `at` is a FHIRPath from the root of the data, '' for the data as a whole. */
export interface Issue {
  readonly code: IssueCode;
  readonly at: string;
  /** Numbers, codes and units that help: never names, free text or a received value. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/** What reading gives: the value, unless an error refused it, and every issue found on the way. */
export interface Read<T> {
  readonly value: T | undefined;
  readonly issues: readonly Issue[];
}

export function severityOf(issue: Issue): Severity {
  return catalogue[issue.code].severity;
}

/** Whether any of the issues refuses the data. */
export function refuses(issues: readonly Issue[]): boolean {
  return issues.some((issue) => severityOf(issue) === 'error');
}

/** The issue as one line for people: severity, place, sentence, facts. */
export function sentenceOf(issue: Issue): string {
  const facts = Object.entries(issue.facts ?? {}).map(([name, fact]) => `${name} ${String(fact)}`);
  const detail = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return `${severityOf(issue)}: ${issue.at === '' ? '' : `${issue.at}: `}${catalogue[issue.code].sentence}${detail}`;
}
