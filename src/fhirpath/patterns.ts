import { notKnown, wrong } from './scope.ts';

/**
 * Regular expressions of loaded packages must not hang the process, and JavaScript's try every way of matching. A text
 * is matched only where it is short enough for the number of ways that the pattern leaves open; beyond, and for a
 * pattern in which what repeats repeats again, there is no answer.
 */
const longestPattern = 2000;
const longestText = 10_000;
const mostWays = 1e7;

interface Pattern {
  readonly expression: RegExp;
  readonly longest: number;
}

/** Patterns come from expressions, hardly ever from data; what is in data must not fill the memory. */
const known = new Map<string, Pattern>();
const mostKnown = 1000;

function patternOf(source: string, isWhole: boolean): Pattern {
  const key = `${isWhole} ${source}`;
  let pattern = known.get(key);
  if (pattern === undefined) {
    if (source.length > longestPattern) throw notKnown;
    pattern = { expression: compiled(isWhole ? `^(?:${source})$` : source), longest: boundOf(source) };
    if (known.size >= mostKnown) known.clear();
    known.set(key, pattern);
  }
  return pattern;
}

function compiled(source: string): RegExp {
  try {
    return new RegExp(source, 'su');
  } catch {
    try {
      return new RegExp(source, 's');
    } catch {
      throw wrong;
    }
  }
}

/** The longest text that a pattern may be tried on. Each open repetition multiplies the ways by the text's length. */
export function boundOf(source: string): number {
  const bare = source.replaceAll(/\\[^1-9k]/g, 'e').replaceAll(/\[[^\]]*\]/g, 'c');
  if (bare.includes('\\') || repeatsAgain(bare)) return 0;
  const open = bare.replaceAll('(?', '(').match(/[*+?]|\{\d*,\d*\}|\)\{/g)?.length ?? 0;
  const starts = bare.startsWith('^') && !bare.includes('|') ? 0 : 1;
  return Math.min(longestText, Math.floor(mostWays ** (1 / Math.max(1, open + starts))));
}

/** Whether a group that repeats holds something that repeats, is optional, or is a choice. */
function repeatsAgain(bare: string): boolean {
  const groups: boolean[] = [];
  let isOpen = false;
  for (let at = 0; at < bare.length; at += 1) {
    const sign = bare[at] ?? '';
    if (sign === '(') {
      groups.push(isOpen);
      isOpen = false;
      // What follows a bracket says of what kind the group is.
      if (bare[at + 1] === '?') at += 1;
    } else if (sign === ')') {
      if (isOpen && /[*+{]/.test(bare[at + 1] ?? '')) return true;
      isOpen = isOpen || (groups.pop() ?? false);
    } else if (/[*+?{|]/.test(sign)) isOpen = true;
  }
  return false;
}

/** Whether a text matches; anywhere in it, or as a whole. */
export function matcherOf(source: string, isWhole: boolean): (text: string) => boolean {
  const { expression, longest } = patternOf(source, isWhole);
  return (text) => {
    if (text.length > longest) throw notKnown;
    return expression.test(text);
  };
}

/** Every match replaced; `$1` in the replacement stands for a group. */
export function replacerOf(source: string): (text: string, by: string) => string {
  const { expression, longest } = patternOf(source, false);
  const all = new RegExp(expression.source, `${expression.flags}g`);
  return (text, by) => {
    if (text.length > longest) throw notKnown;
    if (source === '') return text;
    return text.replaceAll(all, by);
  };
}
