import { ownForms, shippedDefinitions, type Definitions } from '../definitions/definitions.ts';
import type { JsonObject } from '../json/json.ts';
import { checkerOf, type Checker } from '../validation/checker.ts';
import { knowledgeIn, type Knowledge } from '../validation/knowledge.ts';
import { shippedChecker, shippedKnowledge } from '../validation/shipped.ts';

/**
 * The checker of what we ship, of a site's own Questionnaires, which may stand in the place of ours, and of more, which
 * stands in the place of both.
 */
export function checkerFor(definitions: Definitions, more: readonly Knowledge[] = []): Checker {
  if (definitions === shippedDefinitions && more.length === 0) return shippedChecker();
  const forms = ownForms as readonly JsonObject[];
  const ours = { ...shippedKnowledge, questionnaires: forms };
  return checkerOf([...more, ours, knowledgeIn(definitions.resources)]);
}
