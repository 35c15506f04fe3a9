/** An expression as it is written. */
export type Syntax =
  | { readonly kind: 'empty' | 'this' | 'index' | 'total' }
  | { readonly kind: 'literal'; readonly type: LiteralType; readonly text: string }
  | { readonly kind: 'quantity'; readonly text: string; readonly unit: string; readonly calendar: boolean }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'member'; readonly on: Syntax | undefined; readonly name: string }
  | { readonly kind: 'call'; readonly on: Syntax | undefined; readonly name: string; readonly args: readonly Syntax[] }
  | { readonly kind: 'at'; readonly on: Syntax; readonly index: Syntax }
  | { readonly kind: 'sign'; readonly sign: '+' | '-'; readonly on: Syntax }
  | { readonly kind: 'type'; readonly operator: 'is' | 'as'; readonly on: Syntax; readonly type: string }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Syntax; readonly right: Syntax };

export type LiteralType = 'Boolean' | 'String' | 'Integer' | 'Decimal' | 'Date' | 'DateTime' | 'Time';

/** Thrown within the compiler where an expression is no FHIRPath, or more than this compiler knows. */
export class NotKnown extends Error {}
