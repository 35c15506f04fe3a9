import { giving, type Functions } from './compiled.ts';
import type { Items } from './items.ts';
import type { Item } from './model.ts';
import { spend, type Scope } from './scope.ts';
import type { Shapes } from './shapes.ts';
import { childrenOf } from './walk.ts';

function children(items: Items, shapes: Shapes, scope: Scope): Items {
  const found: Item[] = [];
  for (const item of items) childrenOf(item, shapes, found);
  spend(scope, found.length);
  return found;
}

/** Everything below, what is nearer first. It takes no stack, however deep a resource is nested. */
function descendants(items: Items, shapes: Shapes, scope: Scope): Items {
  const found = [...children(items, shapes, scope)];
  let spent = found.length;
  for (let at = 0; at < found.length; at += 1) {
    childrenOf(found[at] as Item, shapes, found);
    spend(scope, found.length - spent);
    spent = found.length;
  }
  return found;
}

export const trees: Functions = {
  children: ({ input, compiler: { shapes } }) =>
    giving(undefined, (self, scope) => children(input.items(self, scope), shapes, scope)),
  descendants: ({ input, compiler: { shapes } }) =>
    giving(undefined, (self, scope) => descendants(input.items(self, scope), shapes, scope)),
};
