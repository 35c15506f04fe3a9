import { arithmetic } from './arithmetic.ts';
import { giving, givingOne, type Call, type Compiled, type Functions } from './compiled.ts';
import { compareItems } from './comparison.ts';
import { integerItem, none, type Items } from './items.ts';
import type { Item } from './model.ts';
import { notKnown, spend } from './scope.ts';

function aggregate(call: Call): Compiled {
  const step = call.criterion(0);
  const start = call.count > 1 ? call.argument(1) : undefined;
  return giving(undefined, (self, scope) => {
    const { total, index } = scope;
    let result: Items = start?.items(self, scope) ?? none;
    call.input.items(self, scope).forEach((item, at) => {
      spend(scope, 1);
      scope.total = result;
      scope.index = at;
      result = step.items(item, scope);
    });
    scope.total = total;
    scope.index = index;
    return result;
  });
}

/** One item from all of them; nothing from nothing. */
const reduced =
  (of: (so: Item, item: Item) => Item) =>
  ({ input }: Call): Compiled =>
    givingOne(undefined, (self, scope) => {
      const items = input.items(self, scope);
      return items.length === 0 ? undefined : items.reduce(of);
    });

const added = (so: Item, item: Item): Item => arithmetic('+', so, item) ?? missing();
const missing = (): never => {
  throw notKnown;
};

const lesser = (sign: number) => (so: Item, item: Item) =>
  (compareItems(item, so) ?? missing()) * sign < 0 ? item : so;

export const aggregates: Functions = {
  aggregate,
  sum: reduced(added),
  min: reduced(lesser(1)),
  max: reduced(lesser(-1)),
  avg: ({ input }) =>
    givingOne(undefined, (self, scope) => {
      const items = input.items(self, scope);
      return items.length === 0 ? undefined : arithmetic('/', items.reduce(added), integerItem(items.length));
    }),
};
