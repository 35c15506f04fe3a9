import { giving, givingOne, telling, type Call, type Compiled, type Functions } from './compiled.ts';
import { integerItem, none, single, textItem, textOf, type Items } from './items.ts';
import type { Item } from './model.ts';
import { matcherOf, replacerOf } from './patterns.ts';
import { wrong, type Scope } from './scope.ts';

/** The one string of a collection; undefined of none, and an error of what is no string. */
function text(items: Items): string | undefined {
  const item = single(items);
  if (item === undefined || item.value === undefined) return undefined;
  const found = textOf(item);
  if (found === undefined) throw wrong;
  return found;
}

function integer(items: Items): number | undefined {
  const value = single(items)?.value;
  if (value !== undefined && (typeof value !== 'number' || !Number.isInteger(value))) throw wrong;
  return value;
}

type Evaluate<T> = (self: Item, scope: Scope) => T | undefined;

const textOfInput =
  ({ input }: Call): Evaluate<string> =>
  (self, scope) =>
    text(input.items(self, scope));
const textArgument = (call: Call, at: number): Evaluate<string> => {
  const argument = call.argument(at);
  return (self, scope) => text(argument.items(self, scope));
};

/** A truth of the input and one string. */
const asked =
  (is: (text: string, other: string) => boolean) =>
  (call: Call): Compiled => {
    const own = textOfInput(call);
    const other = textArgument(call, 0);
    return telling((self, scope) => {
      const one = own(self, scope);
      const two = one === undefined ? undefined : other(self, scope);
      return one === undefined || two === undefined ? undefined : is(one, two);
    });
  };

const changed =
  (change: (text: string) => string) =>
  (call: Call): Compiled => {
    const own = textOfInput(call);
    return givingOne(['System.String'], (self, scope) => {
      const one = own(self, scope);
      return one === undefined ? undefined : textItem(change(one));
    });
  };

function matches(isWhole: boolean): (call: Call) => Compiled {
  return (call) => {
    const own = textOfInput(call);
    const pattern = textArgument(call, 0);
    return telling((self, scope) => {
      const one = own(self, scope);
      const expression = one === undefined ? undefined : pattern(self, scope);
      return one === undefined || expression === undefined ? undefined : matcherOf(expression, isWhole)(one);
    });
  };
}

function replace(of: (text: string, what: string, by: string) => string): (call: Call) => Compiled {
  return (call) => {
    const own = textOfInput(call);
    const what = textArgument(call, 0);
    const by = textArgument(call, 1);
    return givingOne(['System.String'], (self, scope) => {
      const [one, two, three] = [own(self, scope), what(self, scope), by(self, scope)];
      return one === undefined || two === undefined || three === undefined ? undefined : textItem(of(one, two, three));
    });
  };
}

function substring(call: Call): Compiled {
  const own = textOfInput(call);
  const start = call.argument(0);
  const length = call.count > 1 ? call.argument(1) : undefined;
  return givingOne(['System.String'], (self, scope) => {
    const one = own(self, scope);
    const from = integer(start.items(self, scope));
    if (one === undefined || from === undefined || from < 0 || from >= one.length) return undefined;
    const count = length === undefined ? undefined : integer(length.items(self, scope));
    return textItem(count === undefined ? one.slice(from) : one.slice(from, from + Math.max(0, count)));
  });
}

function split(call: Call): Compiled {
  const own = textOfInput(call);
  const by = textArgument(call, 0);
  return giving(['System.String'], (self, scope) => {
    const [one, separator] = [own(self, scope), by(self, scope)];
    return one === undefined || separator === undefined ? none : one.split(separator).map(textItem);
  });
}

function join(call: Call): Compiled {
  const by = call.count > 0 ? textArgument(call, 0) : undefined;
  return givingOne(['System.String'], (self, scope) => {
    const texts = call.input.items(self, scope).map((item) => text([item]) ?? '');
    return texts.length === 0 ? undefined : textItem(texts.join(by?.(self, scope) ?? ''));
  });
}

function indexOf(call: Call): Compiled {
  const own = textOfInput(call);
  const other = textArgument(call, 0);
  return givingOne(['System.Integer'], (self, scope) => {
    const [one, two] = [own(self, scope), other(self, scope)];
    return one === undefined || two === undefined ? undefined : integerItem(one.indexOf(two));
  });
}

export const strings: Functions = {
  startsWith: asked((one, other) => one.startsWith(other)),
  endsWith: asked((one, other) => one.endsWith(other)),
  contains: asked((one, other) => one.includes(other)),
  matches: matches(false),
  matchesFull: matches(true),
  replace: replace((one, what, by) => one.replaceAll(what, () => by)),
  replaceMatches: replace((one, what, by) => replacerOf(what)(one, by)),
  upper: changed((one) => one.toUpperCase()),
  lower: changed((one) => one.toLowerCase()),
  trim: changed((one) => one.trim()),
  length: (call) => {
    const own = textOfInput(call);
    return givingOne(['System.Integer'], (self, scope) => {
      const one = own(self, scope);
      return one === undefined ? undefined : integerItem(one.length);
    });
  },
  substring,
  indexOf,
  split,
  join,
  toChars: (call) => {
    const own = textOfInput(call);
    return giving(['System.String'], (self, scope) => Array.from(own(self, scope) ?? '', textItem));
  },
};
