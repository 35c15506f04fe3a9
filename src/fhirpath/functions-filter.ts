import { giving, type Call, type Compiled, type Functions, type Types } from './compiled.ts';
import { Known } from './equality.ts';
import { anyMeets } from './functions-existence.ts';
import { none, nothing, single, textOf, type Items } from './items.ts';
import { kindOf } from './kinds.ts';
import type { Item, Surroundings } from './model.ts';
import { compilePath } from './paths.ts';
import { notKnown, spend, wrong, type Scope } from './scope.ts';
import { compileAs, compileIs, compileOfType, typeNameOf } from './types.ts';

function where(call: Call): Compiled {
  const { input } = call;
  const { truth } = call.criterion(0);
  return giving(
    input.types,
    (self, scope) => meeting(input.items(self, scope), truth, scope),
    (self, scope) => anyMeets(input.items(self, scope), truth, true, scope),
  );
}

type Truth = (item: Item, scope: Scope) => boolean | undefined;

function meeting(items: Items, truth: Truth, scope: Scope): Items {
  if (items.length === 0) return none;
  spend(scope, items.length);
  const before = scope.index;
  const found = items.filter((item, at) => {
    scope.index = at;
    return truth(item, scope) === true;
  });
  scope.index = before;
  return found;
}

function select(call: Call): Compiled {
  const { input } = call;
  const projection = call.criterion(0);
  return giving(projection.types, (self, scope) => projected(input.items(self, scope), projection, scope));
}

function projected(items: Items, projection: Compiled, scope: Scope): Items {
  if (items.length === 0) return none;
  const before = scope.index;
  const found: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    scope.index = at;
    for (const item of projection.items(items[at] as Item, scope)) found.push(item);
    spend(scope, 1 + found.length);
  }
  scope.index = before;
  return found;
}

/** What the projection gives, and gives of that, until nothing new comes. */
function repeat(call: Call): Compiled {
  const projection = call.compiler.compile(call.syntax(0), undefined);
  return giving(undefined, (self, scope) => {
    const found: Item[] = [];
    const known = new Known(scope);
    let open = call.input.items(self, scope);
    while (open.length > 0) {
      const fresh: Item[] = [];
      for (const item of projected(open, projection, scope)) {
        if (known.has(item)) continue;
        known.add(item);
        fresh.push(item);
      }
      found.push(...fresh);
      open = fresh;
    }
    return found;
  });
}

const ofType = (call: Call): Compiled => compileOfType(call.compiler.shapes, call.input, typeNameOf(call.syntax(0)));

/** The one value or the other. The condition is asked of the input, also where that is empty. */
function iif(call: Call): Compiled {
  const condition = call.criterion(0);
  const yes = call.criterion(1);
  const no = call.count > 2 ? call.criterion(2) : undefined;
  return giving(together(yes.types, no === undefined ? [] : no.types), (self, scope) => {
    const items = call.input.items(self, scope);
    if (items.length > 1) throw notKnown;
    const focus = items[0] ?? nothing;
    const chosen = isTrue(condition.items(focus, scope)) ? yes : no;
    return chosen?.items(focus, scope) ?? none;
  });
}

function isTrue(items: Items): boolean {
  const item = single(items);
  if (item !== undefined && kindOf(item.type) !== 'Boolean') throw wrong;
  return item?.value === true;
}

const together = (left: Types, right: Types): Types =>
  left === undefined || right === undefined ? undefined : [...new Set([...left, ...right])];

/** The extensions of this url. */
function extension(call: Call): Compiled {
  const { input, compiler } = call;
  const all = compilePath(compiler, input, input.types, ['extension']);
  const url = call.argument(0);
  return giving(['Extension'], (self, scope) => {
    const wanted = textOf(single(url.items(self, scope)));
    const items = all.items(self, scope);
    return items.length === 0 ? none : items.filter(({ value }) => (value as { url?: unknown } | null)?.url === wanted);
  });
}

/** The resources that references lead to, where they are at hand. */
function resolve({ input, compiler: { shapes } }: Call): Compiled {
  return giving(undefined, (self, scope) =>
    input.items(self, scope).flatMap((item) => {
      const reference = textOf(item) ?? (item.value as { reference?: unknown } | null | undefined)?.reference;
      const value = typeof reference === 'string' ? resolved(reference, scope.around) : undefined;
      return typeof value === 'object' && value !== null ? { type: shapes.resourceType(value), value } : [];
    }),
  );
}

function resolved(reference: string, around: Surroundings): unknown {
  if (around.resolve !== undefined) return around.resolve(reference);
  const contained = (around.rootResource as { contained?: unknown } | null | undefined)?.contained;
  if (!reference.startsWith('#') || !Array.isArray(contained)) return undefined;
  return contained.find((one: { id?: unknown } | null) => one?.id === reference.slice(1));
}

export const filters: Functions = {
  where,
  select,
  repeat,
  ofType,
  as: (call) => compileAs(call.compiler, call.input, typeNameOf(call.syntax(0))),
  is: (call) => compileIs(call.compiler.shapes, call.input, typeNameOf(call.syntax(0))),
  iif,
  extension,
  resolve,
  trace: ({ input }) => input,
};
