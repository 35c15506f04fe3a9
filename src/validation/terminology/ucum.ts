import { metricUnits, otherUnits, prefixes } from './ucum-symbols.ts';

/**
 * Whether a text is a unit of UCUM, by its grammar (https://ucum.org/ucum#section-Syntax-Rules):
 * terms joined by `.` and `/`, which may begin with `/`; a term is a unit with an exponent, a whole number, a term in
 * brackets, each with notes in braces, or a note alone. Like HL7's validator it takes `//`, a note on what is in
 * brackets, and blanks in a note.
 */

const metric = new Set(metricUnits.split(' '));
const others = new Set(otherUnits.split(' '));
const allPrefixes = prefixes.split(' ');

/** Units are short. A longer text is none, so that no text takes long. */
const longest = 200;

/** What was asked already, since few units are used often. */
const remembered = new Map<string, boolean>();
const mostRemembered = 1000;

export function isUcum(code: string): boolean {
  if (code.length > longest) return false;
  const known = remembered.get(code);
  if (known !== undefined) return known;
  const answer = new Reading(code).isUnit();
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(code, answer);
  return answer;
}

/** Whether the unit has a note in braces, which no comparison of units looks at. */
export const hasNote = (code: string): boolean => code.includes('{');

function isSymbol(symbol: string): boolean {
  if (metric.has(symbol) || others.has(symbol)) return true;
  return allPrefixes.some((prefix) => symbol.startsWith(prefix) && metric.has(symbol.slice(prefix.length)));
}

// What ends a symbol outside square brackets.
const ends = './(){}';

class Reading {
  readonly #code: string;
  #at = 0;
  #complete = false;

  constructor(code: string) {
    this.#code = code;
  }

  isUnit(): boolean {
    return /^[ -~]+$/.test(this.#code) && this.#term() && this.#at === this.#code.length;
  }

  #next(): string {
    return this.#code.charAt(this.#at);
  }

  #skip(sign: string): boolean {
    if (this.#next() !== sign) return false;
    this.#at += 1;
    return true;
  }

  #term(): boolean {
    do {
      while (this.#next() === '/') this.#at += 1;
    } while (this.#component() && (this.#skip('.') || this.#next() === '/'));
    return this.#complete;
  }

  #component(): boolean {
    const start = this.#at;
    if (this.#skip('(')) this.#complete = this.#term() && this.#skip(')');
    else this.#complete = this.#next() === '{' || this.#simple();
    while (this.#complete && this.#next() === '{') this.#complete = this.#note();
    return this.#complete && this.#at > start;
  }

  #note(): boolean {
    const end = this.#code.indexOf('}', this.#at);
    this.#at = end + 1;
    return end >= 0;
  }

  /** A whole number, or a symbol with an exponent. */
  #simple(): boolean {
    const start = this.#at;
    let inside = false;
    for (; this.#at < this.#code.length; this.#at += 1) {
      const sign = this.#next();
      if (sign === '[') inside = true;
      if (sign === ']') inside = false;
      if (!inside && ends.includes(sign)) break;
    }
    const text = this.#code.slice(start, this.#at);
    if (/^[0-9]+$/.test(text)) return true;
    const [symbol = '', exponent = ''] = /^(.*?)([+-]?[0-9]+)?$/.exec(text)?.slice(1) ?? [];
    return isSymbol(symbol) || (exponent !== '' && isSymbol(text));
  }
}
