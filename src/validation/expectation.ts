import { isJsonObject } from '../json/json.ts';
import type { Binding, ElementDefinition } from './definition.ts';
import type { Step } from './discriminator-path.ts';
import type { Library } from './library.ts';
import { treeOf, type Node } from './tree.ts';

/** What a slice says at the end of its discriminator's path. */
export interface Expectation {
  readonly fixed?: unknown;
  readonly pattern?: unknown;
  readonly binding?: Binding;
  readonly element?: ElementDefinition;
}

/** What the slice demands there; undefined where it says nothing by which its members could be told. */
export function expectationOf(slice: Node, steps: readonly Step[], library: Library): Expectation | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return said(slice);
  if (step.kind === 'type' || step.kind === 'resolve') return expectationOf(slice, rest, library);
  if (step.kind === 'extension') return { element: { ...slice.element, min: 1 } };
  const { fixed, pattern } = slice.element.rules ?? {};
  if (fixed !== undefined || pattern !== undefined) {
    const inside = within(fixed ?? pattern, steps);
    if (inside !== undefined) return { pattern: inside };
  }
  for (const node of candidates(slice, step.name, library)) {
    const found = expectationOf(node, rest, library);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The element of a name below a slice, what its slices that must be there say of it, and what its profile does. */
function candidates(slice: Node, name: string, library: Library): readonly Node[] {
  const own = slice.children.filter((child) => child.name === name || child.name === `${name}[x]`);
  const nodes = own.flatMap((child) => [child, ...child.slices.filter(({ element }) => element.min > 0)]);
  if (own.length > 0) return nodes;
  return slice.element.types.flatMap(({ profiles = [] }) =>
    profiles.flatMap((profile) => {
      const definition = library.definition(profile);
      return definition === undefined ? [] : candidates(treeOf(definition).root, name, library);
    }),
  );
}

function said({ element }: Node): Expectation {
  const { fixed, pattern, binding } = element.rules ?? {};
  if (fixed !== undefined) return { fixed, element };
  if (pattern !== undefined) return { pattern, element };
  return { ...(binding?.strength === 'required' && { binding }), element };
}

/** The part of a pattern that a path leads to. */
function within(pattern: unknown, steps: readonly Step[]): unknown {
  let values: readonly unknown[] = [pattern];
  for (const step of steps) {
    if (step.kind !== 'child') continue;
    values = values
      .flatMap((value) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]))
      .map((value) => (isJsonObject(value) ? value[step.name] : undefined))
      .filter((value) => value !== undefined);
  }
  return values[0];
}
