import type { HeldSystem } from './code-system.ts';
import type { Filter, SetRule } from './set-rules.ts';
import type { CodeSet, KnownSystem, Membership } from './terminology.ts';

/** What rules ask of the rest of the terminology. */
export interface Surrounding {
  set(canonical: string): CodeSet | undefined;
  system(url: string): KnownSystem | undefined;
  held(url: string): HeldSystem | undefined;
}

/**
 * A value set of these rules: what some include has and no exclude. Inside an include everything must hold. Imports are
 * looked up when a code is asked for; of sets that import each other, and of more than any real set needs, the answer is
 * `unknown`.
 */
export function codeSetOf(rules: readonly SetRule[], around: Surrounding): CodeSet {
  let compiled: { includes: readonly Test[]; excludes: readonly Test[] } | undefined;
  const compile = () => ({
    includes: rules.filter(({ exclude }) => !exclude).map((rule) => testOf(rule, around)),
    excludes: rules.filter(({ exclude }) => exclude).map((rule) => testOf(rule, around)),
  });
  return {
    has(system, code) {
      compiled ??= compile();
      const outermost = depth === 0;
      if (outermost) steps = 0;
      if (depth >= deepest) return 'unknown';
      depth += 1;
      try {
        const answer = anyOf(compiled.includes, system, code);
        if (answer === 'out' || compiled.excludes.length === 0) return answer;
        const excluded = anyOf(compiled.excludes, system, code);
        if (excluded === 'out') return answer;
        return excluded === 'in' ? 'out' : 'unknown';
      } finally {
        depth -= 1;
      }
    },
    systems: () => [
      ...new Set(rules.flatMap(({ exclude, system }) => (exclude || system === undefined ? [] : [system]))),
    ],
  };
}

// How far a question has gone through imports. A question is answered before the next is asked.
let depth = 0;
let steps = 0;
const deepest = 30;
const mostSteps = 20_000;

type Test = (system: string | undefined, code: string) => Membership;

function anyOf(tests: readonly Test[], system: string | undefined, code: string): Membership {
  let answer: Membership = 'out';
  for (const test of tests) {
    steps += 1;
    if (steps > mostSteps) return 'unknown';
    const one = test(system, code);
    if (one === 'in') return 'in';
    if (one === 'unknown') answer = 'unknown';
  }
  return answer;
}

/** True: in; false: not. Undefined: it cannot be said here. */
type CodeTest = (code: string) => boolean | undefined;

function testOf({ system: own, codes, filters, sets }: SetRule, around: Surrounding): Test {
  const tests = own === undefined ? [] : codeTests(own, codes, filters, around);
  return (system, code) => {
    if (own !== undefined && system !== undefined && system !== own) return 'out';
    let answer: Membership = own === undefined && sets.length === 0 ? 'unknown' : 'in';
    for (const test of tests) {
      const holds = test(code);
      if (holds === false) return 'out';
      if (holds === undefined) answer = 'unknown';
    }
    for (const canonical of sets) {
      const one = around.set(canonical)?.has(system ?? own, code) ?? 'unknown';
      if (one === 'out') return 'out';
      if (one === 'unknown') answer = 'unknown';
    }
    return answer;
  };
}

function codeTests(
  url: string,
  codes: readonly string[] | undefined,
  filters: readonly Filter[],
  around: Surrounding,
): CodeTest[] {
  const held = around.held(url);
  const key = held === undefined ? (code: string) => code : (code: string) => held.key(code);
  if (codes !== undefined) {
    const listed = new Set(codes.map(key));
    return [(code) => listed.has(key(code))];
  }
  const known = around.system(url);
  const inSystem: CodeTest =
    known === undefined ? () => undefined : (code) => known.has(code) || (known.complete ? false : undefined);
  return [inSystem, ...filters.map((filter) => filterTest(filter, held))];
}

function filterTest({ property, op, value }: Filter, held: HeldSystem | undefined): CodeTest {
  if (op === 'regex' && (property === 'code' || property === 'concept')) return patternTest(value);
  if (held === undefined) return () => undefined;
  const among =
    (codes: ReadonlySet<string>, wanted = true): CodeTest =>
    (code) =>
      codes.has(held.key(code)) === wanted;
  switch (op) {
    case 'is-a':
      return among(new Set([held.key(value), ...held.descendants(value)]));
    case 'is-not-a':
      return among(new Set([held.key(value), ...held.descendants(value)]), false);
    case 'descendent-of':
      return among(held.descendants(value));
    case 'in':
    case 'not-in':
      return property === 'concept' || property === 'code'
        ? among(new Set(value.split(',').map((code) => held.key(code.trim()))), op === 'in')
        : () => undefined;
    case '=': {
      if (property === 'concept' || property === 'code') return among(new Set([held.key(value)]));
      const having = held.withProperty(property, value);
      return having === undefined ? () => undefined : among(having);
    }
    default:
      return () => undefined;
  }
}

/** A repeated group, a look around or a reference back could take for ever, and is not tried. */
const couldTakeLong = /\)[*+{?]|\\[1-9]|\(\?/;
/** So many open repetitions take at most the cube of a code's length. */
const mostRepetitions = 3;
const repetition = /[*+]|,\}/g;

const repetitions = (pattern: string): number => pattern.match(repetition)?.length ?? 0;

function patternTest(pattern: string): CodeTest {
  if (pattern.length > 200 || couldTakeLong.test(pattern) || repetitions(pattern) > mostRepetitions)
    return () => undefined;
  try {
    const compiled = new RegExp(`^(?:${pattern})$`);
    return (code) => (code.length > 200 ? undefined : compiled.test(code));
  } catch {
    return () => undefined;
  }
}
