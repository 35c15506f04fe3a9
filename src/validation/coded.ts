import { isJsonObject, type JsonObject } from '../json/json.ts';
import type { Binding } from './definition.ts';
import type { Faults, ValueFault } from './formats/fault.ts';
import { isAbsolute } from './formats/uris.ts';
import type { Check, Run } from './run.ts';
import {
  codeFaults,
  codingFaults,
  conceptFaults,
  quantityFaults,
  type CodeBinding,
} from './terminology/check-codes.ts';
import type { Terminology } from './terminology/terminology.ts';

/** What there is to say of codes: everything, or only what is not a note that they could not be looked up. */
interface Said {
  readonly all: Faults;
  readonly faults: Faults;
}

/** Types that hold codes, by how they hold them. */
const quantities = new Set(['Quantity', 'SimpleQuantity', 'Age', 'Count', 'Distance', 'Duration', 'MoneyQuantity']);
const texts = new Set(['code', 'string', 'uri', 'url', 'canonical', 'markdown', 'id']);

/** The check of the codes in a value of this type; undefined where the type has none, or nothing binds a text. */
export function codedCheck(type: string, binding: Binding | undefined, known: Terminology): Check | undefined {
  const bound = binding && { strength: binding.strength, set: known.set(binding.set) };
  if (type === 'CodeableConcept') return conceptCheck(bound, known);
  if (type === 'Coding') return pairCheck((coding) => codingFaults(coding, bound, known));
  if (quantities.has(type)) return pairCheck((quantity) => quantityFaults(quantity, bound, known));
  return bound !== undefined && texts.has(type) ? textCheck(bound, known, type === 'code') : undefined;
}

/** The same for what a profile adds: the codes by themselves are judged already. */
export function boundCheck(type: string, binding: Binding, known: Terminology): Check | undefined {
  const check = codedCheck(type, binding, known);
  return check && ((value, run) => run.withoutNotes(() => check(value, run)));
}

/** A value of a code with a required binding that only says why it has none. */
export function absentCheck(binding: Binding | undefined, known: Terminology): Check | undefined {
  if (binding?.strength !== 'required') return undefined;
  const bound: CodeBinding = { strength: 'required', set: known.set(binding.set) };
  return (_, run) => say(said(codeFaults(undefined, bound, known)), run);
}

/** Whether a coded value is in a value set, for slices that are told by one. */
export function membership(canonical: string, known: Terminology): ((value: unknown) => boolean) | undefined {
  const set = known.set(canonical);
  if (set === undefined) return undefined;
  const isIn = (coding: unknown): boolean => {
    if (!isJsonObject(coding)) return typeof coding === 'string' && set.has(undefined, coding) === 'in';
    const { system, code, coding: codings } = coding;
    if (Array.isArray(codings)) return codings.some(isIn);
    return typeof code === 'string' && set.has(typeof system === 'string' ? system : undefined, code) === 'in';
  };
  return isIn;
}

function say({ all, faults }: Said, run: Run): void {
  const now = run.notes ? all : faults;
  if (now !== undefined) for (let at = 0; at < now.length; at += 1) run.report(now[at] as ValueFault);
}

const notes = new Set<ValueFault>(['code-system-unknown', 'ucum-annotation', 'code-not-recommended']);

function said(all: Faults): Said {
  const faults = all?.filter((fault) => !notes.has(fault));
  return { all, faults: faults === undefined || faults.length === 0 ? undefined : faults };
}

/** Codes repeat from resource to resource; so many answers are kept of each element. */
const mostKept = 2000;
const longestKept = 500;

/** A code that none of the set's systems has is wrong; an absolute URI may stand for what the set does not have. */
function textCheck(bound: CodeBinding, known: Terminology, isCode: boolean): Check {
  const kept = new Map<unknown, Said>();
  return (value, run) => {
    let now = kept.get(value);
    if (now === undefined) {
      if (typeof value !== 'string') return;
      const faults = codeFaults(value, bound, known);
      now = said(isCode || !isAbsolute(value) ? faults : faults?.filter((fault) => fault !== 'code-unknown'));
      if (kept.size < mostKept && isPlain(value)) kept.set(value, now);
    }
    if (now.all !== undefined) say(now, run);
  };
}

/** What is known by a system and a code. */
function pairCheck(faultsOf: (value: JsonObject) => Faults): Check {
  const kept = new Map<unknown, Map<unknown, Said>>();
  let count = 0;
  return (value, run) => {
    if (!isJsonObject(value)) return;
    const { system, code } = value;
    let codes = kept.get(system);
    let now = codes?.get(code);
    if (now === undefined) {
      now = said(faultsOf(value));
      if (count < mostKept && isPlain(system) && isPlain(code)) {
        if (codes === undefined) kept.set(system, (codes = new Map<unknown, Said>()));
        codes.set(code, now);
        count += 1;
      }
    }
    if (now.all !== undefined) say(now, run);
  };
}

/** A long word is no code, and must not be kept. */
const isPlain = (value: unknown): boolean =>
  value === undefined || (typeof value === 'string' && value.length <= longestKept);

/** The codings of a concept, system by system and code by code. */
interface Kept {
  said: Said | undefined;
  readonly next: Map<unknown, Kept>;
}

function conceptCheck(bound: CodeBinding | undefined, known: Terminology): Check {
  const root: Kept = { said: undefined, next: new Map() };
  let count = 0;

  const keptOf = (codings: readonly unknown[]): Kept | undefined => {
    let at: Kept = root;
    for (let index = 0; index < codings.length; index += 1) {
      const coding = codings[index] as Readonly<Record<string, unknown>> | null;
      if (typeof coding !== 'object' || coding === null) return undefined;
      const next = step(step(at, coding['system']), coding['code']);
      if (next === undefined) return undefined;
      at = next;
    }
    return at;
  };
  const step = (from: Kept | undefined, word: unknown): Kept | undefined => {
    const next = from?.next.get(word);
    if (next !== undefined || from === undefined || count >= mostKept || !isPlain(word)) return next;
    count += 1;
    const made: Kept = { said: undefined, next: new Map() };
    from.next.set(word, made);
    return made;
  };

  return (value, run) => {
    if (!isJsonObject(value)) return;
    const { coding } = value;
    const kept = coding === undefined ? root : Array.isArray(coding) ? keptOf(coding) : undefined;
    const now = kept?.said ?? said(conceptFaults(value, bound, known));
    if (kept !== undefined) kept.said = now;
    if (now.all !== undefined) say(now, run);
  };
}
