import { decidePartial } from './decide-partial.ts';
import { decideSnapshot } from './decide-snapshot.ts';
import { again, type Decision, type Incoming, type Known, type Terms } from './decision.ts';

/**
 * What is to be done about a submission that is right in itself. The course is its newest snapshot with every later
 * partial laid over it in the source's own order, so that it does not matter in which order they came. A function of
 * its arguments: what is asked of `known` is read, and nothing is written.
 */
export async function decideSubmission(incoming: Incoming, known: Known, terms: Terms): Promise<Decision> {
  const twin = known.kept.find(({ kind, hash }) => kind === incoming.kind && hash === incoming.hash);
  if (twin !== undefined) return again(twin);
  return incoming.kind === 'snapshot' ? decideSnapshot(incoming, known, terms) : decidePartial(incoming, known, terms);
}
