import { decideSubmission } from './decide-submission.ts';
import { keepDecision, type Submitted } from './keep-decision.ts';
import { readSubmission, type Addressed, type SubmittedText } from './read-submission.ts';
import type { StoreTransaction } from './store.ts';
import { knownOf, type SubmissionWorld } from './submission-world.ts';

export type { Submitted } from './keep-decision.ts';
export type { SubmissionWorld } from './submission-world.ts';
export { rejectSubmission, releaseSubmission, withdrawCourse } from './person-decisions.ts';

/**
 * Takes texts as submissions, all in one transaction of the store and in their order: once it resolves they are on
 * disk. One that is refused does not touch the others. `also` writes in the same transaction.
 */
export async function submitTexts(
  texts: readonly SubmittedText[],
  world: SubmissionWorld,
  also?: (tx: StoreTransaction, results: readonly Submitted[]) => Promise<void>,
): Promise<readonly Submitted[]> {
  const read = texts.map((text) => readSubmission(text, world.definitions));
  if (also === undefined && read.every(({ value }) => value === undefined)) {
    return read.map(({ issues }) => refused(issues));
  }
  return world.store.transaction(async (tx) => {
    const results: Submitted[] = [];
    for (const { value, issues } of read) {
      results.push(value === undefined ? refused(issues) : await submit(value, tx, world));
    }
    await also?.(tx, results);
    return results;
  });
}

async function submit(
  { id, key, incoming }: Addressed,
  tx: StoreTransaction,
  world: SubmissionWorld,
): Promise<Submitted> {
  const known = await knownOf(id, await tx.course(id), tx);
  const decision = await decideSubmission(incoming, known, { ...world, released: false });
  return keepDecision(decision, { id, key, known, tx, world, at: world.now() }, incoming);
}

const refused = (issues: Submitted['issues']): Submitted => ({ state: 'refused', deliveries: [], issues });
