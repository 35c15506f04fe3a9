import { constant, giving, givingOne, type Call, type Compiled, type Compiler, type Types } from './compiled.ts';
import { functions } from './functions.ts';
import { integerItem, none, nothing, single } from './items.ts';
import { digitsOf, numberOf } from './kinds.ts';
import type { Item } from './model.ts';
import { compileBinary, compileSign } from './operators.ts';
import { compilePath, compileTypeName } from './paths.ts';
import { quantityItem } from './quantities.ts';
import { wrong } from './scope.ts';
import type { Shapes } from './shapes.ts';
import { NotKnown, type LiteralType, type Syntax } from './syntax.ts';
import { compileAs, compileIs } from './types.ts';
import { compileVariable } from './variables.ts';

/** An expression as closures, for a focus of these types. Throws NotKnown. */
export function compileSyntax(syntax: Syntax, types: Types, shapes: Shapes, isLenient: boolean): Compiled {
  return new SyntaxCompiler(shapes, isLenient).compile(syntax, types);
}

class SyntaxCompiler implements Compiler {
  readonly shapes: Shapes;
  readonly isLenient: boolean;

  constructor(shapes: Shapes, isLenient: boolean) {
    this.shapes = shapes;
    this.isLenient = isLenient;
  }

  compile(syntax: Syntax, types: Types): Compiled {
    switch (syntax.kind) {
      case 'empty':
        return constant([], none);
      case 'this':
        return giving(
          types,
          (self) => (self === nothing ? none : [self]),
          (self) => self !== nothing,
        );
      case 'index':
        return givingOne(['System.Integer'], (_, scope) => integerItem(scope.index));
      case 'total':
        return giving(undefined, (_, scope) => scope.total);
      case 'literal':
        return constant([`System.${syntax.type}`], [literalItem(syntax.type, syntax.text)]);
      case 'quantity':
        return constant(['System.Quantity'], [quantityItem(syntax.text, syntax.unit, syntax.calendar)]);
      case 'variable':
        return compileVariable(syntax.name, this.shapes);
      case 'member':
        return this.#path(syntax, types);
      case 'call':
        return this.#call(syntax.on, syntax.name, syntax.args, types);
      case 'at':
        return this.#at(this.compile(syntax.on, types), this.compile(syntax.index, types));
      case 'sign':
        return compileSign(syntax.sign, this.compile(syntax.on, types));
      case 'type':
        return syntax.operator === 'is'
          ? compileIs(this.shapes, this.compile(syntax.on, types), syntax.type)
          : compileAs(this, this.compile(syntax.on, types), syntax.type);
      case 'binary':
        return compileBinary(syntax.operator, this.compile(syntax.left, types), this.compile(syntax.right, types));
      default:
        return syntax satisfies never;
    }
  }

  /** A chain of names is one path: what lies between is never made. */
  #path(syntax: Syntax, types: Types): Compiled {
    const names: string[] = [];
    let on: Syntax | undefined = syntax;
    while (on?.kind === 'member') {
      names.unshift(on.name);
      on = on.on;
    }
    if (on === undefined) {
      const [first = ''] = names;
      if (!/^[A-Z]/.test(first) || !this.shapes.isType(first)) return compilePath(this, undefined, types, names);
      const typed = compileTypeName(this.shapes, first, types);
      return names.length === 1 ? typed : compilePath(this, typed, typed.types, names.slice(1));
    }
    if (on.kind === 'this') return compilePath(this, undefined, types, names);
    const base = this.compile(on, types);
    return compilePath(this, base, base.types, names);
  }

  #call(on: Syntax | undefined, name: string, args: readonly Syntax[], types: Types): Compiled {
    const compileFunction = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (compileFunction === undefined) throw new NotKnown('no such function');
    const input = this.compile(on ?? { kind: 'this' }, types);
    const syntax = (at: number): Syntax => {
      const found = args[at];
      if (found === undefined) throw new NotKnown('an argument is missing');
      return found;
    };
    const call: Call = {
      compiler: this,
      input,
      count: args.length,
      argument: (at) => this.compile(syntax(at), types),
      criterion: (at) => this.compile(syntax(at), input.types),
      syntax,
    };
    return compileFunction(call);
  }

  #at(on: Compiled, index: Compiled): Compiled {
    return giving(on.types, (self, scope) => {
      const at = single(index.items(self, scope));
      if (at === undefined) return none;
      if (typeof at.value !== 'number') throw wrong;
      const item = on.items(self, scope)[at.value];
      return item === undefined ? none : [item];
    });
  }
}

function literalItem(type: LiteralType, text: string): Item {
  if (type === 'Boolean') return { type: 'System.Boolean', value: text === 'true' };
  if (type !== 'Integer' && type !== 'Decimal') return { type: `System.${type}`, value: text };
  const value = numberOf(text);
  if (type === 'Integer' && (digitsOf(value) !== text || Number(text) > 2_147_483_647)) throw new NotKnown('a long');
  return { type: `System.${type}`, value };
}
