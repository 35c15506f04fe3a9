import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What profiles/ publishes, as files. */

export const profiles = new URL('../../profiles/', import.meta.url);
export const src = new URL('../../src/', import.meta.url);

export interface CodeSystem {
  readonly url: string;
  readonly concept: readonly { readonly code: string; readonly display: string }[];
}

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface Item {
  readonly linkId: string;
  readonly type: string;
  readonly repeats?: boolean;
  readonly answerOption?: readonly { readonly valueCoding: Coding }[];
  readonly item?: readonly Item[];
}

/** The text of every file below a folder whose name ends so, by its path. */
export function texts(folder: URL, ending: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));
  return new Map(names.map((name) => [name.replaceAll('\\', '/'), readFileSync(new URL(name, folder), 'utf8')]));
}

/** The published artefacts of one folder by file name, without `.json`. */
export function artefacts<T = Record<string, unknown>>(folder: string): ReadonlyMap<string, T> {
  const files = texts(new URL(`${folder}/`, profiles), '.json');
  return new Map([...files].map(([name, text]) => [basename(name, '.json'), JSON.parse(text) as T]));
}

export const codeSystems = artefacts<CodeSystem>('codesystems');

export const codesOf = (list: string): readonly string[] =>
  (codeSystems.get(list)?.concept ?? []).map(({ code }) => code);

/** Every Coding anywhere in a JSON value. */
export function* codingsIn(value: unknown): Generator<Coding> {
  if (typeof value !== 'object' || value === null) return;
  const { system, code } = value as Partial<Coding>;
  if (typeof system === 'string' && typeof code === 'string') yield value as Coding;
  for (const inner of Object.values(value)) yield* codingsIn(inner);
}
