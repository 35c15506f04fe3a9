import { giving, type Compiled, type Compiler, type Types } from './compiled.ts';
import { none } from './items.ts';
import { isPrimitive } from './kinds.ts';
import type { Item } from './model.ts';
import { spend } from './scope.ts';
import type { Shapes } from './shapes.ts';
import { NotKnown } from './syntax.ts';
import { followFrom, leads, wayOf, type Way } from './walk.ts';

/** Names of elements one after another, from $this (no base) or from what a part gives. */
export function compilePath(
  compiler: Compiler,
  base: Compiled | undefined,
  from: Types,
  names: readonly string[],
): Compiled {
  const { shapes } = compiler;
  const types = typesAlong(compiler, from, names);
  const waysByType = new Map<string, Way>();
  const wayFrom = (type: string): Way => {
    let way = waysByType.get(type);
    if (way === undefined) {
      way = wayOf(shapes, isPrimitive(type) ? 'Element' : type, names);
      waysByType.set(type, way);
    }
    return way;
  };
  const only = from?.length === 1 ? from[0] : undefined;
  const onlyWay = only === undefined ? undefined : wayFrom(only);
  const wayOfItem = ({ type }: Item): Way => (onlyWay !== undefined && type === only ? onlyWay : wayFrom(type));
  const leadsFrom = (item: Item): boolean =>
    leads(wayOfItem(item), isPrimitive(item.type) ? item.beside : item.value, shapes);

  if (base === undefined) {
    const items = (self: Item): readonly Item[] => {
      if (!leadsFrom(self)) return none;
      const found: Item[] = [];
      followFrom(wayOfItem(self), self, shapes, found);
      return found;
    };
    return giving(types, items, leadsFrom);
  }
  return giving(
    types,
    (self, scope) => {
      const items = base.items(self, scope);
      if (items.length === 0) return none;
      const found: Item[] = [];
      for (const item of items) followFrom(wayOfItem(item), item, shapes, found);
      spend(scope, found.length);
      return found;
    },
    (self, scope) => base.items(self, scope).some(leadsFrom),
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
