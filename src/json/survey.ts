/** What `JSON.parse` does not tell of a text: how many names it has, and which numbers have digits of their own. */
interface Survey {
  readonly names: number;
  /** The numbers that JavaScript would print otherwise, as they are written, by their place among all numbers. */
  readonly unlike: ReadonlyMap<number, string>;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;

/** Surveys a text that is JSON, in one pass. */
export function survey(text: string): Survey {
  const unlike = new Map<number, string>();
  let names = 0;
  let numbers = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
    } else if (code === colon) {
      names += 1;
    } else if (code === minus || isDigit(code)) {
      const end = endOfNumber(text, at);
      // A single digit is printed as it is.
      if (end - at > 1) {
        const token = text.slice(at, end);
        if (String(Number(token)) !== token) unlike.set(numbers, token);
      }
      numbers += 1;
      at = end - 1;
    }
  }
  return { names, unlike };
}

/** Where the string that begins here has its closing quote. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

// Backslashes escape each other in pairs: only an odd one is left for the quote.
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - 1 - before) % 2 === 1;
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (isNumberPart(text.charCodeAt(end))) end += 1;
  return end;
}

export const isDigit = (code: number): boolean => code >= zero && code <= nine;

const isNumberPart = (code: number): boolean =>
  isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === minus;
