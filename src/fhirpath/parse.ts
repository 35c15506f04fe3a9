import { NotKnown, type LiteralType, type Syntax } from './syntax.ts';
import { tokensOf, type Token } from './tokens.ts';

/** How tightly an operator binds; the order is that of FHIRPath's grammar. All of them group from the left. */
const binding: Readonly<Record<string, number>> = {
  implies: 1,
  or: 2,
  xor: 2,
  and: 3,
  in: 4,
  contains: 4,
  '=': 5,
  '~': 5,
  '!=': 5,
  '!~': 5,
  '<': 6,
  '<=': 6,
  '>': 6,
  '>=': 6,
  '|': 7,
  is: 8,
  as: 8,
  '+': 9,
  '-': 9,
  '&': 9,
  '*': 10,
  '/': 10,
  div: 10,
  mod: 10,
};
const signBinding = 11;

/** Words that are operators and may all the same name an element. */
const alsoNames = new Set(['as', 'is', 'in', 'contains']);
const calendarUnit = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/;
const literalTypes: Readonly<Record<string, LiteralType>> = {
  string: 'String',
  date: 'Date',
  dateTime: 'DateTime',
  time: 'Time',
};

/** Nobody writes an expression nested deeper, and a reader must not be exhausted by one. */
const deepest = 100;
const longest = 20_000;

/** Reads an expression; throws NotKnown where it is none. */
export function parse(expression: string): Syntax {
  if (expression.length > longest) throw new NotKnown('too long');
  const parser = new Parser(tokensOf(expression));
  const syntax = parser.expression(0);
  parser.end();
  return syntax;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** An expression whose operators bind tighter than `above`. */
  expression(above: number): Syntax {
    this.#depth += 1;
    if (this.#depth > deepest) throw new NotKnown('nested too deeply');
    let left = this.#signed();
    for (let length = 0; ; length += 1) {
      const operator = this.#operator();
      const power = operator === undefined ? undefined : binding[operator];
      if (operator === undefined || power === undefined || power <= above) break;
      // A chain of operators grows the tree as brackets do.
      if (length > deepest) throw new NotKnown('too many operators');
      this.#at += 1;
      if (operator === 'is' || operator === 'as') left = { kind: 'type', operator, on: left, type: this.#typeName() };
      else left = { kind: 'binary', operator, left, right: this.expression(power) };
    }
    this.#depth -= 1;
    return left;
  }

  end(): void {
    if (this.#token.kind !== 'end') throw new NotKnown('more than one expression');
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #operator(): string | undefined {
    const { kind, text } = this.#token;
    return (kind === 'name' || kind === 'symbol') && Object.hasOwn(binding, text) ? text : undefined;
  }

  #isSymbol(text: string): boolean {
    const token = this.#token;
    return token.kind === 'symbol' && token.text === text;
  }

  #take(text: string): boolean {
    const found = this.#isSymbol(text);
    if (found) this.#at += 1;
    return found;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new NotKnown(`no ${text}`);
  }

  #next(): Token {
    const token = this.#token;
    this.#at += 1;
    return token;
  }

  #signed(): Syntax {
    const sign = this.#isSymbol('-') ? '-' : this.#isSymbol('+') ? '+' : undefined;
    if (sign === undefined) return this.#invocations(this.#term());
    this.#at += 1;
    return { kind: 'sign', sign, on: this.expression(signBinding) };
  }

  #invocations(term: Syntax): Syntax {
    let on = term;
    for (let length = 0; length < deepest; length += 1) {
      if (this.#take('.')) on = this.#invocation(on);
      else if (this.#take('[')) {
        on = { kind: 'at', on, index: this.expression(0) };
        this.#expect(']');
      } else return on;
    }
    throw new NotKnown('too many invocations');
  }

  #invocation(on: Syntax | undefined): Syntax {
    const { kind, text } = this.#token;
    if (kind === 'special') return this.#special();
    const name = this.#name(on !== undefined);
    if (kind === 'quoted' || !this.#take('(')) return { kind: 'member', on, name: text };
    return { kind: 'call', on, name, args: this.#args() };
  }

  #args(): Syntax[] {
    const args: Syntax[] = [];
    if (this.#take(')')) return args;
    do args.push(this.expression(0));
    while (this.#take(','));
    this.#expect(')');
    return args;
  }

  /** A name. After a dot every word is one, since no operator can stand there. */
  #name(afterDot: boolean): string {
    const { kind, text } = this.#next();
    if (kind === 'quoted') return text;
    if (kind !== 'name') throw new NotKnown('no name');
    if (!afterDot && Object.hasOwn(binding, text) && !alsoNames.has(text)) throw new NotKnown('an operator alone');
    return text;
  }

  #typeName(): string {
    const parts = [this.#name(false)];
    while (this.#take('.')) parts.push(this.#name(true));
    return parts.join('.');
  }

  #special(): Syntax {
    const { text } = this.#next();
    return { kind: text === 'index' ? 'index' : text === 'total' ? 'total' : 'this' };
  }

  #term(): Syntax {
    const { kind, text } = this.#token;
    if (this.#take('(')) {
      const inner = this.expression(0);
      this.#expect(')');
      return inner;
    }
    if (this.#take('{')) {
      this.#expect('}');
      return { kind: 'empty' };
    }
    if (kind === 'number') return this.#number();
    if (kind === 'variable') {
      this.#at += 1;
      return { kind: 'variable', name: text };
    }
    const type = literalTypes[kind];
    if (type !== undefined || (kind === 'name' && (text === 'true' || text === 'false'))) {
      this.#at += 1;
      return { kind: 'literal', type: type ?? 'Boolean', text };
    }
    return this.#invocation(undefined);
  }

  #number(): Syntax {
    const { text } = this.#next();
    const unit = this.#token;
    const calendar = unit.kind === 'name' && calendarUnit.test(unit.text);
    if (calendar || unit.kind === 'string') {
      this.#at += 1;
      return { kind: 'quantity', text, unit: unit.text, calendar };
    }
    return { kind: 'literal', type: text.includes('.') ? 'Decimal' : 'Integer', text };
  }
}
