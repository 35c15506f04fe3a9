import { givingOne, telling, type Call, type Compiled, type Functions } from './compiled.ts';
import { Known } from './equality.ts';
import { hasValue, integerItem, type Items } from './items.ts';
import { kindOf } from './kinds.ts';
import type { Item } from './model.ts';
import { spend, wrong, type Scope } from './scope.ts';
import { distinct } from './operators.ts';

type Truth = (item: Item, scope: Scope) => boolean | undefined;

/** Whether any item of the input meets the criterion, with $index set. */
export function anyMeets(items: Items, criterion: Truth, wanted: boolean, scope: Scope): boolean {
  if (items.length === 0) return false;
  spend(scope, items.length);
  const before = scope.index;
  for (let at = 0; at < items.length; at += 1) {
    scope.index = at;
    if ((criterion(items[at] as Item, scope) === true) === wanted) {
      scope.index = before;
      return true;
    }
  }
  scope.index = before;
  return false;
}

function exists(call: Call): Compiled {
  const { input } = call;
  if (call.count === 0) return telling(input.exists);
  const { truth } = call.criterion(0);
  return telling((self, scope) => anyMeets(input.items(self, scope), truth, true, scope));
}

function all(call: Call): Compiled {
  const { truth } = call.criterion(0);
  return telling((self, scope) => !anyMeets(call.input.items(self, scope), truth, false, scope));
}

const isTruth = ({ type, value }: Item): boolean => {
  if (kindOf(type) !== 'Boolean' || typeof value !== 'boolean') throw wrong;
  return value;
};

/** allTrue and its like: of Booleans alone. */
const every =
  (wanted: boolean) =>
  ({ input }: Call): Compiled =>
    telling((self, scope) => input.items(self, scope).every((item) => isTruth(item) === wanted));

const some =
  (wanted: boolean) =>
  ({ input }: Call): Compiled =>
    telling((self, scope) => input.items(self, scope).some((item) => isTruth(item) === wanted));

/** Whether each item of the one is among the other. */
function within(inner: Items, outer: Items, scope: Scope): boolean {
  if (inner.length === 0) return true;
  const known = new Known(scope, outer);
  return inner.every((item) => known.has(item));
}

export const existence: Functions = {
  exists,
  all,
  empty: ({ input }) => telling((self, scope) => !input.exists(self, scope)),
  not: ({ input }) =>
    telling((self, scope) => {
      const truth = input.truth(self, scope);
      return truth === undefined ? undefined : !truth;
    }),
  count: ({ input }) => givingOne(['System.Integer'], (self, scope) => integerItem(input.items(self, scope).length)),
  hasValue: ({ input }) =>
    telling((self, scope) => {
      const items = input.items(self, scope);
      return items.length === 1 && hasValue(items[0] as Item);
    }),
  allTrue: every(true),
  allFalse: every(false),
  anyTrue: some(true),
  anyFalse: some(false),
  subsetOf: (call) => {
    const other = call.argument(0);
    return telling((self, scope) => within(call.input.items(self, scope), other.items(self, scope), scope));
  },
  supersetOf: (call) => {
    const other = call.argument(0);
    return telling((self, scope) => within(other.items(self, scope), call.input.items(self, scope), scope));
  },
  isDistinct: ({ input }) =>
    telling((self, scope) => {
      const items = input.items(self, scope);
      return distinct(items, scope).length === items.length;
    }),
};
