import structures from '../../profiles/r4/structures.json' with { type: 'json' };
import type { Compact } from './compact.ts';

/** The types of R4's resources, abstract ones left out. */
export const resourceTypes: readonly string[] = (structures as unknown as Compact).definitions
  .filter(({ kind, abstract = false, isConstraint = false }) => kind === 'resource' && !abstract && !isConstraint)
  .map(({ type }) => type)
  .toSorted();
