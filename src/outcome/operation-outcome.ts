import type { OperationOutcome } from '@medplum/fhirtypes';
import { catalogue } from './catalogue.ts';
import type { Issue } from './issue.ts';

/** The CodeSystem that the issue catalogue is published as. */
export const issueCodeSystem = 'https://w3id.org/coursebridge/CodeSystem/issue';

/**
 * The issues as an OperationOutcome: fixed sentences, codes of ours beside FHIR's issue types, places as FHIRPath in
 * `expression`. No issues is the outcome "all ok", since an OperationOutcome needs at least one (cardinality 1..*).
 */
export function operationOutcome(issues: readonly Issue[]): OperationOutcome {
  if (issues.length === 0) {
    return {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'information', code: 'informational', details: { text: 'All good.' } }],
    };
  }
  return { resourceType: 'OperationOutcome', issue: issues.map(outcomeIssue) };
}

function outcomeIssue(issue: Issue): OperationOutcome['issue'][number] {
  const { severity, type, sentence } = catalogue[issue.code];
  const facts = Object.entries(issue.facts ?? {}).map(([name, fact]) => `${name}: ${String(fact)}`);
  return {
    severity,
    code: type as OperationOutcome['issue'][number]['code'],
    details: { coding: [{ system: issueCodeSystem, code: issue.code }], text: sentence },
    ...(facts.length > 0 && { diagnostics: facts.join('; ') }),
    ...(issue.at !== '' && { expression: [issue.at] }),
  };
}

/** The HTTP status of an answer that carries these issues: the gravest of the errors' own, 200 without an error. */
export function statusOf(issues: readonly Issue[]): number {
  return Math.max(200, ...issues.map((issue) => catalogue[issue.code].status));
}
