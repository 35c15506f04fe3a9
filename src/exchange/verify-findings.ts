import type { Issue } from '../outcome/issue.ts';

/**
 * What is not as it was delivered. `missing`: nothing is there. `changed`: somebody edited it. `extra`: a resource that
 * says it is of the course, that the course does not have, and that is in force. `duplicate`: more than one under one
 * identifier. `in-force-again`: taken back, and in force all the same.
 */
export type DifferenceKind = 'missing' | 'changed' | 'extra' | 'duplicate' | 'in-force-again';

/**
 * What is worth a word and no loss. `not-deliverable`: the target cannot hold it, as the receipt says. `digits`: the
 * target keeps the value of a number and writes it otherwise (Medplum drops trailing zeros). `other-mapping`: another
 * release wrote the course, in another way, and nobody has touched it since. `unnamed`: it is there without its identifier, which this
 * target keeps of nothing. `earlier-version`: it stands there as an
 * earlier version said it, since the newest has not arrived in full.
 */
export type NoteKind = 'not-deliverable' | 'unnamed' | 'digits' | 'other-mapping' | 'earlier-version';

/** One resource of a course that is not, or not exactly, as it was delivered. */
export interface Finding<Kind extends string = DifferenceKind | NoteKind> {
  readonly kind: Kind;
  readonly type: string;
  /** The course path that the resource says; of what no part of the course says, its place on the target. */
  readonly at: string;
  /** `Type/id` on the target, as far as there is one: a person's own text as an id stays out, and leaves the type. */
  readonly places: readonly string[];
  /** Of what changed, the elements, as FHIRPath from the resource. */
  readonly elements?: readonly Pick<Issue, 'code' | 'at' | 'facts'>[];
}

/** How a target holds one course, against what it was sent. */
export interface Comparison {
  /** How many resources should be there. */
  readonly resources: number;
  readonly differences: readonly Finding<DifferenceKind>[];
  readonly notes: readonly Finding<NoteKind>[];
  /** What could not be looked for: what else refers to the course, or a second one under an identifier. */
  readonly notSought: readonly ('extra' | 'duplicate')[];
}
