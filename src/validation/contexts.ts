import type { Model } from '../fhirpath/model.ts';
import type { Context } from './definition.ts';

/** Where something stands: the names from the resource down, `value.ofType(Quantity)` for a choice. */
export interface Place {
  readonly resourceType: string;
  readonly names: readonly string[];
}

/** Every expression by which a context may name a place: its paths, its type, and what that type specialises. */
export function expressionsFor({ resourceType, names }: Place, model: Model): ReadonlySet<string> {
  let type = resourceType;
  let paths: ReadonlySet<string> = new Set(lineage(resourceType, model));
  for (const segment of names) {
    const [, name = segment, chosen] = /^([^.]+)\.ofType\((\w+)\)$/.exec(segment) ?? [];
    const info = model.element(type, name);
    const below = new Set<string>();
    for (const path of paths) {
      below.add(`${path}.${name}`);
      if (info?.choice === true) below.add(`${path}.${name}[x]`);
    }
    type = chosen ?? info?.types[0] ?? 'Element';
    for (const one of lineage(type, model)) below.add(one);
    paths = below;
  }
  return paths;
}

function lineage(type: string, model: Model): readonly string[] {
  const types: string[] = [];
  let at: string | undefined = type;
  while (at !== undefined && !types.includes(at)) {
    types.push(at);
    at = model.base(at);
  }
  return types;
}

/**
 * Whether an extension may stand there. One that is for extensions alone is let pass where its parent is one: the
 * parent's own definition says what it holds.
 */
export function isInContext(contexts: readonly Context[], expressions: ReadonlySet<string>): boolean {
  if (contexts.length === 0) return true;
  return contexts.some(({ type, expression }) =>
    type === 'element'
      ? expression === 'Element' || expressions.has(expression)
      : type === 'fhirpath' || expressions.has('Extension'),
  );
}
