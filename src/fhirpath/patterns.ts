import { notKnown, wrong } from './scope.ts';

/**
 * Regular expressions of loaded packages must not hang the process. A pattern in which what repeats repeats again can
 * take longer than the world lasts, so it is only run over texts short enough; any other grows with a power of the
 * text's length, so that a longer bound does.
 */
const longestPattern = 2000;
const longestText = 10_000;
const longestOfNested = 200;

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

const boundOf = (source: string): number => (repeatsAgain(source) ? longestOfNested : longestText);

/** Whether a group that repeats holds something that repeats or a choice. */
export function repeatsAgain(source: string): boolean {
  const bare = source.replaceAll(/\\[^]/g, 'e').replaceAll(/\[[^\]]*\]/g, 'c');
  const groups: boolean[] = [];
  let isOpenEnded = false;
  for (let at = 0; at < bare.length; at += 1) {
    const sign = bare[at] ?? '';
    if (sign === '(') {
      groups.push(isOpenEnded);
      isOpenEnded = false;
    } else if (sign === ')') {
      const isRepeated = /^(?:[*+]|\{\d+,)/.test(bare.slice(at + 1, at + 12));
      if (isRepeated && isOpenEnded) return true;
      isOpenEnded = isOpenEnded || (groups.pop() ?? false);
    } else if (/^(?:[*+|]|\{\d+,)/.test(bare.slice(at, at + 12))) isOpenEnded = true;
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
