import { readFileSync } from 'node:fs';
import { isJsonObject, parseJson, writeJson, type Json, type JsonObject } from '../../../src/json/json.ts';

/** A resource of the corpus as the text that is checked: some cases are texts that are no JSON. */
export interface Case {
  /** What it is of and what is broken: `observation/status-number`; `…/valid` where nothing is. */
  readonly name: string;
  readonly text: string;
}

/** What a case changes in its base. Places are JSON pointers; `-` at the end of one appends. */
export interface Change {
  readonly set?: Readonly<Record<string, Json>>;
  readonly drop?: readonly string[];
}

/** A line of the corpus: a text as it is, or a resource or base with a change. */
interface Line extends Change {
  readonly name: string;
  readonly text?: string;
  readonly base?: string;
  readonly resource?: Json;
  /** Texts of so many characters. */
  readonly fill?: Readonly<Record<string, number>>;
}

const linesOf = (file: string): JsonObject[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const parsed = parseJson(line);
      if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(`${file}: not an object: ${line.slice(0, 80)}`);
      return parsed.value;
    });

/** The resources that cases change, by name: each is a case itself, and is without error. */
export const bases = (): ReadonlyMap<string, JsonObject> =>
  new Map(
    ['bases.ndjson', 'written.ndjson']
      .flatMap(linesOf)
      .map(({ name, resource }) => [name as string, resource as JsonObject]),
  );

/** Every case: the bases as they are, and the lines of `cases.ndjson`, `mutants.ndjson` and `found.ndjson`. */
export function cases(): Case[] {
  const known = bases();
  const valid = [...known].map(([name, resource]) => ({ name: `${name}/valid`, text: writeJson(resource) }));
  const broken = ['cases.ndjson', 'mutants.ndjson', 'found.ndjson'].flatMap(linesOf).map((line) => caseOf(line, known));
  const all = [...valid, ...broken];
  const twice = all.map(({ name }) => name).find((name, index, names) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two cases are called ${twice}`);
  return all;
}

function caseOf(line: JsonObject, known: ReadonlyMap<string, JsonObject>): Case {
  const { name, base, text, resource, set, drop, fill } = line as unknown as Line;
  if (text !== undefined) return { name, text };
  const from = base === undefined ? resource : known.get(base);
  if (from === undefined) throw new Error(`${name}: no base ${base}`);
  const long = Object.entries(fill ?? {}).map(([at, length]) => [at, 'x'.repeat(length)] as const);
  const change = { set: { ...set, ...Object.fromEntries(long) }, ...(drop && { drop }) };
  return { name, text: writeJson(changed(from, change)) };
}

/** A copy of the value with the change: what is dropped goes last, the rightmost first. */
export function changed(value: Json, { set = {}, drop = [] }: Change): Json {
  const withSet = Object.entries(set).reduce((now, [at, to]) => updated(now, stepsOf(at), to), value);
  return drop.toReversed().reduce((now, at) => updated(now, stepsOf(at), undefined), withSet);
}

const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

function updated(value: Json, [step, ...rest]: readonly string[], to: Json | undefined): Json {
  if (step === undefined) return to ?? null;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const index = step === '-' ? list.length : Number(step);
    if (!(index <= list.length)) throw new Error(`no item ${step}`);
    if (rest.length === 0 && to === undefined) return list.toSpliced(index, 1);
    return [...list.slice(0, index), updated(list[index] ?? emptyFor(rest), rest, to), ...list.slice(index + 1)];
  }
  if (!isJsonObject(value)) throw new Error(`nothing to change at ${step}`);
  if (rest.length > 0) return { ...value, [step]: updated(value[step] ?? emptyFor(rest), rest, to) };
  if (to !== undefined) return { ...value, [step]: to };
  if (!(step in value)) throw new Error(`no ${step} to drop`);
  const { [step]: _gone, ...left } = value;
  return left;
}

/** What a pointer makes on its way where nothing is: a list for `-` and `0`. */
const emptyFor = ([step]: readonly string[]): Json => (step === '-' || step === '0' ? [] : {});
