/** What is wrong with a text that should be JSON, and where: one-based line and column. */
export interface JsonFault {
  readonly kind: 'malformed' | 'duplicate-key' | 'too-deep';
  readonly line: number;
  readonly column: number;
}

/** How deep a text may be nested: far beyond any course or Bundle, and short of what recursive readers can bear. */
export const deepest = 1000;

/**
 * Reads JSON text for what `JSON.parse` does not say: where a text stops being JSON, and a name that an object has
 * twice, of which the parser would silently keep the last. Undefined where there is neither.
 */
export function firstFault(text: string): JsonFault | undefined {
  const scanner = new Scanner(text);
  const fault = scanner.run();
  if (fault === undefined) return undefined;
  const before = text.slice(0, fault.at);
  return { kind: fault.kind, line: before.split('\n').length, column: fault.at - before.lastIndexOf('\n') };
}

interface Found {
  readonly kind: JsonFault['kind'];
  readonly at: number;
}

const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON strings hold no control characters
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const space = /[ \t\n\r]*/y;

/** A stack of what is open: an object with the names it has, or a list. */
type Open = Set<string> | undefined;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): Found | undefined {
    const open: Open[] = [];
    this.#skip(space);
    for (;;) {
      // A value is due here.
      const start = this.#text[this.#at];
      if (start === '{' || start === '[') {
        if (open.length >= deepest) return { kind: 'too-deep', at: this.#at };
        this.#at += 1;
        this.#skip(space);
        open.push(start === '{' ? new Set() : undefined);
        if (!this.#closes(open)) {
          const fault = this.#name(open.at(-1));
          if (fault !== undefined) return fault;
          continue;
        }
      } else if (!this.#skip(start === '"' ? string : literal)) return this.#malformed();
      // A value is behind us: what is open goes on or ends.
      for (;;) {
        this.#skip(space);
        if (open.length === 0) return this.#at === this.#text.length ? undefined : this.#malformed();
        if (this.#closes(open)) continue;
        if (this.#text[this.#at] !== ',') return this.#malformed();
        this.#at += 1;
        this.#skip(space);
        const fault = this.#name(open.at(-1));
        if (fault !== undefined) return fault;
        break;
      }
    }
  }

  /** Takes the end of what is open, where it is here. */
  #closes(open: Open[]): boolean {
    const end = open.at(-1) === undefined ? ']' : '}';
    if (this.#text[this.#at] !== end) return false;
    this.#at += 1;
    open.pop();
    return true;
  }

  /** Takes a name and its colon, in an object; nothing in a list. */
  #name(names: Open): Found | undefined {
    if (names === undefined) return undefined;
    const start = this.#at;
    if (!this.#skip(string)) return this.#malformed();
    const raw = this.#text.slice(start + 1, this.#at - 1);
    const name = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
    if (names.has(name)) return { kind: 'duplicate-key', at: start };
    names.add(name);
    this.#skip(space);
    if (this.#text[this.#at] !== ':') return this.#malformed();
    this.#at += 1;
    this.#skip(space);
    return undefined;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #malformed(): Found {
    return { kind: 'malformed', at: this.#at };
  }
}
