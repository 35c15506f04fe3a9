import { functions } from './functions.ts';
import { digitsOf } from './kinds.ts';
import type { Invariant } from './model.ts';
import { parse } from './parse.ts';
import { NotKnown, type Syntax } from './syntax.ts';

/** Another engine for what the compiler does not know: slower by two orders of magnitude. */
export interface Fallback {
  /** An invariant for focuses of this type, with the promises of `compileInvariant`. */
  invariant(expression: string, type: string): Invariant | undefined;
  /** The values that an expression gives; undefined where it has no answer. */
  values(expression: string, type: string): Values | undefined;
}

type Values = (focus: unknown, around: { resource: unknown; rootResource: unknown }) => readonly unknown[] | undefined;

/**
 * What the other engine knows beyond the compiler and gives the same answer to whenever it is asked: no clock, no
 * terminology, no profiles. Regular expressions are the compiler's alone: there nobody bounds how long they take.
 */
const alsoKnown = new Set(
  [
    'toQuantity',
    'convertsToQuantity',
    'toLong',
    'convertsToLong',
    'sort',
    'coalesce',
    'lastIndexOf',
    'getValue',
  ].concat(
    ['encode', 'decode', 'escape', 'unescape', 'type', 'lowBoundary', 'highBoundary', 'defineVariable'],
    ['yearOf', 'monthOf', 'dayOf', 'hourOf', 'minuteOf', 'secondOf', 'millisecondOf', 'timezoneOffsetOf', 'dateOf'],
    ['timeOf', 'weight', 'ordinal'],
  ),
);
const refused = new Set(['matches', 'matchesFull', 'replaceMatches', 'resolve', 'trace']);

/** Loads the engine; its code and its model of R4 take some hundred milliseconds. */
export async function loadFallback(): Promise<Fallback> {
  const [{ compile }, { default: r4 }] = await Promise.all([import('fhirpath'), import('fhirpath/fhir-context/r4')]);
  const values = (expression: string, type: string): Values | undefined => {
    if (!isAnswerable(expression)) return undefined;
    const evaluate = attempted(() => compile({ base: type, expression }, r4));
    if (evaluate === undefined) return undefined;
    return (focus, { resource, rootResource }) =>
      attempted(() => {
        const variables = { resource: plain(resource, 0), rootResource: plain(rootResource, 0) };
        const found: unknown = evaluate(plain(focus, 0), variables);
        return Array.isArray(found) ? (found as unknown[]) : undefined;
      });
  };
  return {
    values,
    invariant(expression, type) {
      const evaluate = values(expression, type);
      if (evaluate === undefined) return undefined;
      return (focus, around) => {
        const found = evaluate(focus, around);
        if (found === undefined || found.length === 0) return false;
        return found.length > 1 || found[0] !== false;
      };
    },
  };
}

/** The engine throws what it finds wrong, in the expression or in the data. */
function attempted<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

/** Whether all that an expression calls may be asked of the other engine. */
function isAnswerable(expression: string): boolean {
  try {
    return partsOf(parse(expression)).every((part) => !isRefused(part));
  } catch (error) {
    if (error instanceof NotKnown) return false;
    throw error;
  }
}

function isRefused(part: Syntax): boolean {
  if (part.kind === 'call')
    return refused.has(part.name) || !(alsoKnown.has(part.name) || Object.hasOwn(functions, part.name));
  // The engine prints a date to which it adds a part of a day, and dates are about patients.
  return part.kind === 'binary' && /[-+]/.test(part.operator) && !isWhole(part.left) && !isWhole(part.right);
}

const isWhole = (part: Syntax): boolean =>
  part.kind === 'literal' || (part.kind === 'quantity' && /^\d+$/.test(part.text));

/** A part and all its parts. */
function partsOf(syntax: Syntax | undefined): Syntax[] {
  if (syntax === undefined) return [];
  switch (syntax.kind) {
    case 'call':
      return [syntax, ...partsOf(syntax.on), ...syntax.args.flatMap(partsOf)];
    case 'member':
    case 'sign':
    case 'type':
      return [syntax, ...partsOf(syntax.on)];
    case 'at':
      return [syntax, ...partsOf(syntax.on), ...partsOf(syntax.index)];
    case 'binary':
      return [syntax, ...partsOf(syntax.left), ...partsOf(syntax.right)];
    default:
      return [syntax];
  }
}

/** What was made plain already. What is being checked does not change meanwhile. */
const made = new WeakMap<object, unknown>();
const deepest = 200;

/** A copy with every number plain, since the engine knows no other and writes into what it reads. */
function plain(value: unknown, depth: number): unknown {
  const digits = digitsOf(value);
  if (digits !== undefined) return Number(digits);
  if (typeof value !== 'object' || value === null) return value;
  const known = made.get(value);
  if (known !== undefined) return known;
  if (depth > deepest) throw new NotKnown('nested too deeply');
  const copy = Array.isArray(value)
    ? value.map((one) => plain(one, depth + 1))
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one, depth + 1)]));
  made.set(value, copy);
  return copy;
}
