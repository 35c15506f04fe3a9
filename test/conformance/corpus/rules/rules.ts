import type { JsonObject } from '../../../../src/json/json.ts';
import type { Random } from '../../../../src/synthetic/random.ts';
import type { Change } from '../cases.ts';
import { answerRules } from './answers.ts';
import { bundleRules } from './bundles.ts';
import { meaningRules } from './meaning.ts';
import { placesIn, type Rule } from './places.ts';
import { shapeRules } from './shape.ts';
import { valueRules } from './values.ts';

/** Every way in which a resource is changed: the corpus has some of each, a long run draws among them. */
export const rules: readonly Rule[] = [...shapeRules, ...valueRules, ...meaningRules, ...answerRules, ...bundleRules];

/** All that a rule can do to a resource. */
export const changesBy = ({ of }: Rule, resource: JsonObject): Change[] =>
  placesIn(resource).flatMap((place) => of(place, resource) ?? []);

/** One change by a rule, drawn; undefined where the rule has no hold on the resource. */
export function drawnChange(rule: Rule, resource: JsonObject, random: Random): Change | undefined {
  const changes = changesBy(rule, resource);
  return changes[random.integer(0, changes.length - 1)];
}

/** One change by any rule that has a hold, each rule as likely as another. */
export function anyChange(resource: JsonObject, random: Random): { readonly rule: string; readonly change: Change } {
  for (;;) {
    const rule = rules[random.integer(0, rules.length - 1)];
    const change = rule === undefined ? undefined : drawnChange(rule, resource, random);
    if (rule !== undefined && change !== undefined) return { rule: rule.name, change };
  }
}
