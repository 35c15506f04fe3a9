import type { IssueCode } from '../outcome/catalogue.ts';
import type { Issue } from '../outcome/issue.ts';
import { root } from '../course/path.ts';
import type { Failure, ServerFault } from './ports.ts';

/** What a failure of the target is to people. `at` is the course path it concerns. */
export function failureIssues(failure: Failure, at: string = root): Issue[] {
  if (failure.kind === 'unavailable') return [{ code: 'target-unavailable', at, ...statusFact(failure.status) }];
  if (failure.kind === 'unknown') return [{ code: 'target-unknown-outcome', at, ...statusFact(failure.status) }];
  const { reason, status, faults } = failure;
  return reason === 'status' ? refusalIssues(status, faults, at) : [{ code: codes[reason], at, facts: { status } }];
}

const codes = {
  'not-fhir': 'target-not-fhir',
  'not-authorised': 'target-not-authorised',
  'wrong-version': 'target-wrong-version',
} as const satisfies Record<string, IssueCode>;

/** A refusal, an issue for each different fault that the server named: its codes and places, never its texts. */
export function refusalIssues(status: number, faults: readonly ServerFault[], at: string): Issue[] {
  const facts = faults.flatMap(({ code, places }) =>
    places.length === 0 ? [{ status, type: code }] : places.map((element) => ({ status, type: code, element })),
  );
  if (facts.length === 0) return [{ code: 'target-refused', at, facts: { status } }];
  const different = new Map(facts.map((one) => [JSON.stringify(one), one]));
  return [...different.values()].map((one) => ({ code: 'target-refused', at, facts: one }));
}

/** What is wrong with an element of a resource that says a part of a course: at that part, as a target's refusal is. */
export const elementIssue = ({ code, at: element, facts }: Issue, at: string): Issue => ({
  code,
  at,
  facts: { element, ...facts },
});

const statusFact = (status: number | undefined): Pick<Issue, 'facts'> =>
  status === undefined ? {} : { facts: { status } };
