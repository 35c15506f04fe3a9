import type { Claim } from './claim.ts';

/**
 * Which mapping wrote a resource. It is raised whenever a course is written as other bytes than before: what a target
 * holds of an unchanged course is then left as it is until somebody asks for it (`replay --mapping`).
 * `test/mapping/mapping-version.test.ts` holds the golden Bundles to it.
 */
export const mappingVersion = '1';

/** What wrote a course, as its receipt keeps it: the mapping, and what was claimed, if anything was: `1`, `1 ours`. */
export const writingOf = (claim: Claim): string => (claim === 'off' ? mappingVersion : `${mappingVersion} ${claim}`);

/** What wrote a course of which some resources stand under another claim than others: it is equal to no one writing. */
export const mixedWriting = `${mappingVersion} mixed`;

/** Whether a receipt tells of resources that this mapping wrote, whatever they claim. */
export const isOfThisMapping = (writing: string): boolean => writing.split(' ')[0] === mappingVersion;
