import { none, truthItems, truthOf, type Items } from './items.ts';
import type { Item } from './model.ts';
import type { Scope } from './scope.ts';
import type { Shapes } from './shapes.ts';
import type { Syntax } from './syntax.ts';

/** The types that items can have; undefined where only the items themselves say it. */
export type Types = readonly string[] | undefined;

type Evaluated<T> = (self: Item, scope: Scope) => T;

/** A part of an expression as closures, each the shortest way to what is asked. `self` is $this. */
export interface Compiled {
  readonly types: Types;
  /** The items, where they are the same whatever is asked. */
  readonly fixed?: Items;
  readonly items: Evaluated<Items>;
  /** Whether there are items. */
  readonly exists: Evaluated<boolean>;
  /** The items as a truth; undefined where it is open. */
  readonly truth: Evaluated<boolean | undefined>;
}

/** A part that gives items. */
export function giving(types: Types, items: Evaluated<Items>, exists?: Evaluated<boolean>): Compiled {
  return {
    types,
    items,
    exists: exists ?? ((self, scope) => items(self, scope).length > 0),
    truth: (self, scope) => truthOf(items(self, scope)),
  };
}

/** A part that gives a truth or nothing. */
export function telling(truth: Evaluated<boolean | undefined>): Compiled {
  return {
    types: ['System.Boolean'],
    items: (self, scope) => truthItems(truth(self, scope)),
    exists: (self, scope) => truth(self, scope) !== undefined,
    truth,
  };
}

/** A part that gives one item or nothing. */
export const givingOne = (types: Types, one: Evaluated<Item | undefined>): Compiled =>
  giving(types, (self, scope) => {
    const item = one(self, scope);
    return item === undefined ? none : [item];
  });

/** A part that is the same whatever it is asked with. */
export const constant = (types: Types, items: Items): Compiled => ({ ...giving(types, () => items), fixed: items });

/** What compiles the parts of an expression. */
export interface Compiler {
  readonly shapes: Shapes;
  /** Whether it is an invariant, where a name that no type has means nothing, and `as` may be asked of a list. */
  readonly isLenient: boolean;
  /** The part, for a $this of these types. Throws NotKnown. */
  compile(syntax: Syntax, types: Types): Compiled;
}

/** A function being called. */
export interface Call {
  readonly compiler: Compiler;
  readonly input: Compiled;
  readonly count: number;
  /** An argument whose $this is that of the call. */
  argument(at: number): Compiled;
  /** An argument that is asked of each item of the input. */
  criterion(at: number): Compiled;
  syntax(at: number): Syntax;
}

export type FunctionCompiler = (call: Call) => Compiled;
export type Functions = Readonly<Record<string, FunctionCompiler>>;
