import type { Resource } from '@medplum/fhirtypes';
import { profileOf } from '../mapping/claims.ts';
import { severityOf, type Issue } from '../outcome/issue.ts';
import type { CheckLevel } from '../validation/check-level.ts';
import type { Checker } from '../validation/checker.ts';
import type { Prepared } from './aims.ts';
import { elementIssue } from './issues.ts';
import { isDone } from './ledger.ts';

/** Says what is wrong with a resource before it is sent: places are FHIRPath in the resource. */
export type OwnCheck = (resource: Resource) => readonly Issue[];

/** The check of a level, whatever the resource claims when it is written. */
export function ownCheck(checker: Checker, level: Exclude<CheckLevel, 'off'>): OwnCheck {
  const wanted = level === 'ours' ? 'ours' : 'off';
  return (resource) => {
    const profile = profileOf(resource, wanted);
    return checker.check(resource, {
      notes: false,
      claims: false,
      ...(profile !== undefined && { profiles: [profile] }),
    });
  };
}

/** More help nobody, and they are kept with the delivery. */
const mostIssues = 1000;

/**
 * Why we do not send what a delivery would write: each different error of every resource, at its place in the course. What is
 * deleted, and what the target has as it is wanted, is not looked at.
 */
export function refusedByUs({ wanted, ledger, unsure }: Prepared, check: OwnCheck | undefined): Issue[] {
  if (check === undefined) return [];
  const looked = new Set(unsure);
  const issues = new Map<string, Issue>();
  for (const one of wanted) {
    if (one.aim === 'deleted' || (isDone(one, ledger) && !looked.has(one))) continue;
    const { resource, at } = one.mapped;
    for (const issue of check(resource)) {
      if (severityOf(issue) !== 'error' || issues.size >= mostIssues) continue;
      const told = elementIssue(issue, at);
      issues.set(JSON.stringify(told), told);
    }
  }
  return [...issues.values()];
}
