import type { Slicing } from './definition.ts';
import { stepsOf, type Step } from './discriminator-path.ts';
import { expectationOf, type Expectation } from './expectation.ts';
import type { Library } from './library.ts';
import { reachedFrom, type Reached } from './reached.ts';
import type { Check, Run } from './run.ts';
import { hasPattern, isFixed } from './same.ts';
import type { Node } from './tree.ts';

/** Whether a value belongs to a slice. */
export type Belongs = (value: unknown, type: string, run: Run) => boolean;

export interface Judged {
  readonly library: Library;
  /** Whether a value conforms to a profile. */
  profile(canonical: string): Check | undefined;
  /** Whether a code is in a value set. */
  bound(set: string): ((value: unknown) => boolean) | undefined;
}

/** How members of a slice are told; undefined where the slice does not say it in a way that can be checked. */
export function belongsTo(slice: Node, { by }: Slicing, judged: Judged): Belongs | undefined {
  if (by.length === 0) return undefined;
  const each = by.map(({ type, path }) => {
    const steps = stepsOf(path);
    return steps && told(type, steps, slice, judged);
  });
  const known = each.filter((one) => one !== undefined);
  if (known.length < each.length) return undefined;
  const [only] = known;
  if (known.length === 1) return only;
  return (value, type, run) => known.every((one) => one(value, type, run));
}

function told(kind: string, steps: readonly Step[], slice: Node, judged: Judged): Belongs | undefined {
  const expected = expectationOf(slice, steps, judged.library);
  if (kind === 'type') return byType(steps, slice, expected, judged);
  if (expected === undefined) return undefined;
  if (kind === 'exists') return byPresence(steps, expected);
  if (kind === 'profile') return byProfile(steps, expected, judged);
  return byValue(steps, expected, judged);
}

function byValue(
  steps: readonly Step[],
  { fixed, pattern, binding }: Expectation,
  judged: Judged,
): Belongs | undefined {
  const isExpected =
    fixed !== undefined
      ? (value: unknown) => isFixed(value, fixed)
      : pattern !== undefined
        ? (value: unknown) => hasPattern(value, pattern)
        : binding && judged.bound(binding.set);
  if (isExpected === undefined) return undefined;
  const [one, two, ...more] = steps;
  // Most discriminators are a path of one or two plain names, and this is asked of every value.
  if (one?.kind === 'child' && more.length === 0 && (two === undefined || two.kind === 'child')) {
    return (value) => someBelow(value, one.name, two?.name, isExpected);
  }
  if (one === undefined) return (value) => isExpected(value);
  return (value, type, run) => reachedFrom({ value, type }, steps, run).some((reached) => isExpected(reached.value));
}

function someBelow(value: unknown, name: string, below: string | undefined, is: (value: unknown) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const found = (value as Readonly<Record<string, unknown>>)[name];
  if (found === undefined) return false;
  const test = (one: unknown): boolean => (below === undefined ? is(one) : someBelow(one, below, undefined, is));
  return Array.isArray(found) ? found.some(test) : test(found);
}

function byType(steps: readonly Step[], slice: Node, expected: Expectation | undefined, judged: Judged): Belongs {
  const element = steps.length > 0 ? expected?.element : slice.element;
  const types = new Set<string>();
  const isReference = steps.at(-1)?.kind === 'resolve';
  for (const { code, targets = [], profiles = [] } of element?.types ?? []) {
    if (!isReference) types.add(code);
    for (const canonical of isReference ? targets : profiles) {
      const type = judged.library.definition(canonical)?.type;
      if (type !== undefined) types.add(type);
    }
  }
  const isOne = ({ type }: Reached): boolean => type !== undefined && (types.has(type) || types.has('Resource'));
  return (value, type, run) => reachedFrom({ value, type }, steps, run).some(isOne);
}

function byPresence(steps: readonly Step[], { element }: Expectation): Belongs | undefined {
  if (element === undefined || (element.min === 0 && element.max > 0)) return undefined;
  const mustBe = element.max > 0;
  return (value, type, run) => reachedFrom({ value, type }, steps, run).length > 0 === mustBe;
}

function byProfile(steps: readonly Step[], { element }: Expectation, judged: Judged): Belongs | undefined {
  const checks = (element?.types ?? [])
    .flatMap(({ profiles = [], targets = [] }) => (steps.at(-1)?.kind === 'resolve' ? targets : profiles))
    .map((canonical) => judged.profile(canonical))
    .filter((check) => check !== undefined);
  if (checks.length === 0) return undefined;
  return (value, type, run) =>
    reachedFrom({ value, type }, steps, run).some((reached) =>
      checks.some((check) => run.passes(check, reached.value)),
    );
}
