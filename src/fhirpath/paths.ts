import { giving, type Compiled, type Compiler, type Types } from './compiled.ts';
import { none } from './items.ts';
import { isPrimitive } from './kinds.ts';
import type { Item } from './model.ts';
import { spend } from './scope.ts';
import type { Shapes } from './shapes.ts';
import { NotKnown } from './syntax.ts';
import { stepsOf, type Steps } from './walk.ts';

/** Names of elements one after another, from $this (no base) or from what a part gives. */
export function compilePath(
  compiler: Compiler,
  base: Compiled | undefined,
  from: Types,
  names: readonly string[],
): Compiled {
  const { shapes } = compiler;
  const types = typesAlong(compiler, from, names);
  const known = new Map<string, Steps>();
  const stepsFrom = (type: string): Steps => {
    let steps = known.get(type);
    if (steps === undefined) known.set(type, (steps = stepsOf(shapes, type, names)));
    return steps;
  };
  const only = from?.length === 1 ? from[0] : undefined;
  const onlySteps = only === undefined ? undefined : stepsFrom(only);
  const steps = ({ type }: Item): Steps => (onlySteps !== undefined && type === only ? onlySteps : stepsFrom(type));
  const leads = (item: Item): boolean => steps(item).leads(item);

  if (base === undefined) {
    const items = (self: Item): readonly Item[] => {
      const own = steps(self);
      if (!own.leads(self)) return none;
      const found: Item[] = [];
      own.follow(self, found);
      return found;
    };
    return giving(types, items, leads);
  }
  return giving(
    types,
    (self, scope) => {
      const items = base.items(self, scope);
      if (items.length === 0) return none;
      const found: Item[] = [];
      for (const item of items) steps(item).follow(item, found);
      spend(scope, found.length);
      return found;
    },
    (self, scope) => base.items(self, scope).some(leads),
  );
}

/** What the names can lead to. A name that no type has is a mistake of the expression, or FHIR's newer than ours. */
function typesAlong({ shapes, isLenient }: Compiler, from: Types, names: readonly string[]): Types {
  let types = from;
  for (const name of names) {
    if (types === undefined) return undefined;
    const hops = types.flatMap((type) => shapes.hops(isPrimitive(type) ? 'Element' : type, name));
    if (hops.length === 0 && types.length > 0 && !(isLenient && types.every(isWhole)))
      throw new NotKnown('no such element');
    types = hops.some(({ isResource }) => isResource) ? undefined : [...new Set(hops.map(({ type }) => type))];
  }
  return types;
}

/** Whether a type has all its elements: of an element in general nobody knows what it has. */
const isWhole = (type: string): boolean => type !== 'Element' && type !== 'BackboneElement';

/** The name of a type at the start of a path: $this, where it is of that type. */
export function compileTypeName(shapes: Shapes, name: string, from: Types): Compiled {
  const is = new Map<string, boolean>();
  const matches = ({ type }: Item): boolean => {
    let known = is.get(type);
    if (known === undefined) is.set(type, (known = shapes.isSubtype(type, name)));
    return known;
  };
  const types = from === undefined ? [name] : from.filter((type) => shapes.isSubtype(type, name));
  return giving(
    shapes.isSubtype(name, 'Resource') && from === undefined ? undefined : types,
    (self) => (matches(self) ? [self] : none),
    matches,
  );
}
