import { arithmetic } from './arithmetic.ts';
import { constant, giving, givingOne, telling, type Compiled, type Types } from './compiled.ts';
import { compareItems } from './comparison.ts';
import { equalItems, equalOne, Known } from './equality.ts';
import { equivalentItems } from './equivalence.ts';
import { none, single, textItem, textOf, type Items } from './items.ts';
import type { Item } from './model.ts';
import { spend, wrong, type Scope } from './scope.ts';
import { NotKnown } from './syntax.ts';

type Operator = (left: Compiled, right: Compiled) => Compiled;

/** `left operator right`. Throws NotKnown. */
export function compileBinary(operator: string, left: Compiled, right: Compiled): Compiled {
  const compile = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (compile === undefined) throw new NotKnown('no such operator');
  return compile(left, right);
}

/** A sign before a number. */
export function compileSign(sign: '+' | '-', on: Compiled): Compiled {
  if (sign === '+') return on;
  return giving(on.types, (self, scope) => {
    const item = single(on.items(self, scope));
    if (item === undefined) return none;
    const result = arithmetic('-', { type: 'System.Integer', value: 0 }, item);
    return result === undefined ? none : [result];
  });
}

const compared =
  (holds: (apart: number) => boolean): Operator =>
  (left, right) =>
    telling((self, scope) => {
      const one = single(left.items(self, scope));
      if (one === undefined) return undefined;
      const other = single(right.items(self, scope));
      if (other === undefined) return undefined;
      const apart = compareItems(one, other);
      return apart === undefined ? undefined : holds(apart);
    });

const calculated =
  (sign: string): Operator =>
  (left, right) =>
    givingOne(typesOfResult(left.types, right.types), (self, scope) => {
      const one = single(left.items(self, scope));
      const other = single(right.items(self, scope));
      return one === undefined || other === undefined ? undefined : arithmetic(sign, one, other);
    });

/** What is not certain stays open: it is asked of the items. */
function typesOfResult(left: Types, right: Types): Types {
  const isText = (types: Types): boolean => types?.length === 1 && types[0] === 'System.String';
  return isText(left) && isText(right) ? ['System.String'] : undefined;
}

const equals: Operator = (left, right) => {
  const text = onlyText(right);
  if (text === undefined)
    return telling((self, scope) => equalItems(left.items(self, scope), right.items(self, scope)));
  const literal: Item = textItem(text);
  return telling((self, scope) => {
    const items = left.items(self, scope);
    if (items.length === 0) return undefined;
    return items.length === 1 ? equalOne(items[0] as Item, literal) : false;
  });
};

/** The text of a part that is one string whatever it is asked with. */
const onlyText = ({ fixed }: Compiled): string | undefined => (fixed?.length === 1 ? textOf(fixed[0]) : undefined);

const negated =
  (compile: Operator): Operator =>
  (left, right) => {
    const { truth } = compile(left, right);
    return telling((self, scope) => {
      const is = truth(self, scope);
      return is === undefined ? undefined : !is;
    });
  };

/** Whether an item is one of a list; of several it is an error to ask. */
function isIn(one: Compiled, list: Compiled): Compiled {
  return telling((self, scope) => {
    const item = single(one.items(self, scope));
    if (item === undefined) return undefined;
    const items = list.items(self, scope);
    spend(scope, items.length);
    return items.some((other) => equalOne(item, other) === true);
  });
}

function union(left: Compiled, right: Compiled): Compiled {
  const types = left.types === undefined || right.types === undefined ? undefined : [...left.types, ...right.types];
  const [one, other] = [left.fixed, right.fixed];
  if (one !== undefined && other !== undefined && [...one, ...other].every((item) => textOf(item) !== undefined)) {
    return constant(
      types && [...new Set(types)],
      [...new Set([...one, ...other].map(textOf))].map((text) => textItem(text ?? '')),
    );
  }
  return giving(
    types && [...new Set(types)],
    (self, scope) => distinct([...left.items(self, scope), ...right.items(self, scope)], scope),
    (self, scope) => left.exists(self, scope) || right.exists(self, scope),
  );
}

/** The items without those that equal one before them. */
export function distinct(items: Items, scope: Scope): Items {
  if (items.length < 2) return items;
  const known = new Known(scope);
  return items.filter((item) => {
    if (known.has(item)) return false;
    known.add(item);
    return true;
  });
}

function joined(left: Compiled, right: Compiled): Compiled {
  const text = (items: Items): string => {
    const item = single(items);
    if (item === undefined || item.value === undefined) return '';
    const found = textOf(item);
    if (found === undefined) throw wrong;
    return found;
  };
  return givingOne(['System.String'], (self, scope) =>
    textItem(text(left.items(self, scope)) + text(right.items(self, scope))),
  );
}

const operators: Readonly<Record<string, Operator>> = {
  and: (left, right) =>
    telling((self, scope) => {
      const one = left.truth(self, scope);
      if (one === false) return false;
      const other = right.truth(self, scope);
      return other === false ? false : one === true && other === true ? true : undefined;
    }),
  or: (left, right) =>
    telling((self, scope) => {
      const one = left.truth(self, scope);
      if (one === true) return true;
      const other = right.truth(self, scope);
      return other === true ? true : one === false && other === false ? false : undefined;
    }),
  xor: (left, right) =>
    telling((self, scope) => {
      const one = left.truth(self, scope);
      const other = right.truth(self, scope);
      return one === undefined || other === undefined ? undefined : one !== other;
    }),
  implies: (left, right) =>
    telling((self, scope) => {
      const one = left.truth(self, scope);
      if (one === false) return true;
      const other = right.truth(self, scope);
      return other === true ? true : one === true ? other : undefined;
    }),
  '=': equals,
  '!=': negated(equals),
  '~': (left, right) =>
    telling((self, scope) => equivalentItems(left.items(self, scope), right.items(self, scope), scope)),
  '!~': negated((left, right) =>
    telling((self, scope) => equivalentItems(left.items(self, scope), right.items(self, scope), scope)),
  ),
  '<': compared((apart) => apart < 0),
  '<=': compared((apart) => apart <= 0),
  '>': compared((apart) => apart > 0),
  '>=': compared((apart) => apart >= 0),
  in: isIn,
  contains: (left, right) => isIn(right, left),
  '|': union,
  '&': joined,
  '+': calculated('+'),
  '-': calculated('-'),
  '*': calculated('*'),
  '/': calculated('/'),
  div: calculated('div'),
  mod: calculated('mod'),
};
