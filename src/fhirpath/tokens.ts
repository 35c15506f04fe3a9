import { NotKnown } from './syntax.ts';

/** The words of an expression. Names that are quoted are no keywords. */
export interface Token {
  readonly kind:
    'name' | 'quoted' | 'string' | 'number' | 'date' | 'dateTime' | 'time' | 'variable' | 'special' | 'symbol' | 'end';
  readonly text: string;
}

type Reader = readonly [kind: Token['kind'] | undefined, pattern: RegExp, textOf: (text: string) => string];

const whole = (text: string): string => text;
const rest = (text: string): string => text.slice(1);
const inner = (text: string): string => unescaped(text.slice(1, -1));
const variable = (text: string): string => (/^%['`]/.test(text) ? unescaped(text.slice(2, -1)) : text.slice(1));

const clock = String.raw`\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?`;
const day = String.raw`\d{4}(?:-\d\d(?:-\d\d)?)?`;

/** The first that fits is taken. */
const readers: readonly Reader[] = [
  [undefined, /(?:\s+|\/\/[^\r\n]*|\/\*[^]*?\*\/)+/y, whole],
  ['dateTime', new RegExp(`@${day}T(?:${clock})?(?:Z|[+-]\\d\\d:\\d\\d)?`, 'y'), rest],
  ['time', new RegExp(`@T${clock}`, 'y'), (text) => text.slice(2)],
  ['date', new RegExp(`@${day}`, 'y'), rest],
  ['number', /\d+(?:\.\d+)?/y, whole],
  ['string', /'(?:[^'\\]|\\[^])*'/y, inner],
  ['quoted', /`(?:[^`\\]|\\[^])*`/y, inner],
  ['variable', /%(?:[A-Za-z_]\w*|`(?:[^`\\]|\\[^])*`|'(?:[^'\\]|\\[^])*')/y, variable],
  ['special', /\$(?:this|index|total)\b/y, rest],
  ['name', /[A-Za-z_]\w*/y, whole],
  ['symbol', /<=|>=|!=|!~|[-+*/&|=~<>()[\]{}.,]/y, whole],
];

/** The tokens of an expression, the last of kind `end`. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const [kind, text, next] = tokenAt(expression, at);
    if (kind !== undefined) tokens.push({ kind, text });
    at = next;
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

function tokenAt(expression: string, at: number): [Token['kind'] | undefined, string, number] {
  for (const [kind, pattern, textOf] of readers) {
    pattern.lastIndex = at;
    const found = pattern.exec(expression)?.[0];
    if (found !== undefined) return [kind, textOf(found), at + found.length];
  }
  throw new NotKnown('no token');
}

const escapes: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/\\(u[0-9a-fA-F]{4}|[^])/g, (_, escaped: string) => {
    if (escaped.length === 5) return String.fromCodePoint(Number.parseInt(escaped.slice(1), 16));
    if (/[`'"\\/]/.test(escaped)) return escaped;
    const known = escapes[escaped];
    if (known === undefined) throw new NotKnown('no such escape');
    return known;
  });
}
