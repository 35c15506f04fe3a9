import { giving, type Call, type Compiled, type Functions } from './compiled.ts';
import { Known } from './equality.ts';
import { none, single, type Items } from './items.ts';
import { distinct } from './operators.ts';
import { wrong, type Scope } from './scope.ts';

type Subset = (items: Items, scope: Scope) => Items;

const subset =
  (of: Subset) =>
  ({ input }: Call): Compiled =>
    giving(input.types, (self, scope) => of(input.items(self, scope), scope));

/** A subset by a number: skip(1). */
const counted =
  (of: (items: Items, count: number) => Items) =>
  (call: Call): Compiled => {
    const { input } = call;
    const argument = call.argument(0);
    return giving(input.types, (self, scope) => {
      const count = single(argument.items(self, scope))?.value;
      if (typeof count !== 'number') throw wrong;
      return of(input.items(self, scope), Math.max(0, count));
    });
  };

/** A collection with another one. */
const withOther =
  (of: (items: Items, other: Items, scope: Scope) => Items, isOfBoth: boolean) =>
  (call: Call): Compiled => {
    const { input } = call;
    const other = call.argument(0);
    const types =
      !isOfBoth || input.types === undefined
        ? input.types
        : other.types && [...new Set([...input.types, ...other.types])];
    return giving(types, (self, scope) => of(input.items(self, scope), other.items(self, scope), scope));
  };

function intersect(items: Items, other: Items, scope: Scope): Items {
  if (items.length === 0 || other.length === 0) return none;
  const known = new Known(scope, other);
  return distinct(
    items.filter((item) => known.has(item)),
    scope,
  );
}

function exclude(items: Items, other: Items, scope: Scope): Items {
  if (items.length === 0 || other.length === 0) return items;
  const known = new Known(scope, other);
  return items.filter((item) => !known.has(item));
}

export const subsets: Functions = {
  first: subset((items) => items.slice(0, 1)),
  last: subset((items) => items.slice(-1)),
  tail: subset((items) => items.slice(1)),
  single: subset((items) => (single(items) === undefined ? none : items)),
  distinct: subset(distinct),
  skip: counted((items, count) => items.slice(count)),
  take: counted((items, count) => items.slice(0, count)),
  union: withOther((items, other, scope) => distinct([...items, ...other], scope), true),
  combine: withOther((items, other) => [...items, ...other], true),
  intersect: withOther(intersect, false),
  exclude: withOther(exclude, false),
};
