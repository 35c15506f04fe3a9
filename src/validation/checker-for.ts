import { ownForms, shippedDefinitions, type Definitions } from '../definitions/definitions.ts';
import type { JsonObject } from '../json/json.ts';
import { checkerOf, type Checker, type CheckerSettings } from './checker.ts';
import { knowledgeIn, type Knowledge } from './knowledge.ts';
import { shippedChecker, shippedKnowledge } from './shipped.ts';

const forms = ownForms as readonly JsonObject[];
const known = new WeakMap<Definitions, Checker>();

/**
 * The checker of what we ship, of a site's own Questionnaires, which may stand in the place of ours, and of more, which
 * stands in the place of both. Without more there is one for the same definitions; settings count
 * with more alone.
 */
export function checkerFor(
  definitions: Definitions,
  more: readonly Knowledge[] = [],
  settings: CheckerSettings = {},
): Checker {
  if (definitions === shippedDefinitions && more.length === 0) return shippedChecker();
  const before = more.length === 0 ? known.get(definitions) : undefined;
  if (before !== undefined) return before;
  const ours = { ...shippedKnowledge, questionnaires: forms };
  const made = checkerOf([...more, ours, knowledgeIn(definitions.resources)], settings);
  if (more.length === 0) known.set(definitions, made);
  return made;
}
