import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../course/read-text.ts';
import { definitionFaults } from '../definitions/definition-faults.ts';
import {
  readDefinitions,
  shippedDefinitions,
  shippedInstruments,
  shippedProgrammes,
  type Definitions,
} from '../definitions/definitions.ts';
import { sentenceOf } from '../outcome/issue.ts';

/** The definitions with a site's own, or a sentence for each file that cannot be used. Notes are on files passed over. */
export type ProfilesRead = { readonly notes: readonly string[] } & (
  { readonly ok: true; readonly definitions: Definitions } | { readonly ok: false; readonly faults: readonly string[] }
);

/**
 * Reads what we ship and, after it, so that it can stand in the place of ours, each `*.json` below a site's own folder,
 * in the order of their names. Files and folders whose names begin with a dot are left alone. A definition with a fault
 * is refused, with every fault of it. No sentence repeats what a file holds, but for the name of a programme that two
 * definitions have.
 */
export function readProfiles(folder: string | undefined): ProfilesRead {
  if (folder === undefined) return { ok: true, definitions: shippedDefinitions, notes: [] };
  const files = filesBelow(folder);
  if (files === undefined) return { ok: false, faults: ['A folder of the profiles cannot be read.'], notes: [] };
  const read = files.map((name) => ({ name, ...fileRead(join(folder, name)) }));
  const faults = read.flatMap(({ name, faults: own = [] }) => own.map((fault) => `${name}: ${fault}`));
  const notes = read.flatMap(({ name, note }) => (note === undefined ? [] : [`${name}: ${note}`]));
  if (files.length === 0) notes.push('The folder of the profiles holds no *.json: nothing was added.');
  if (faults.length > 0) return { ok: false, faults, notes };
  const own = read.flatMap(({ resource }) => resource ?? []);
  const definitions = readDefinitions([...shippedInstruments, ...shippedProgrammes, ...own]);
  return { ok: true, definitions, notes: [...notes, ...replacements(read), ...sharedNames(read, definitions)] };
}

/** That a file takes the place of one of ours is what it is for; that it does so with a neighbour may be a mistake. */
function replacements(read: readonly ({ readonly name: string } & FileRead)[]): string[] {
  const nameOf = new Map<string, string>();
  return read.flatMap(({ name, resource }) => {
    if (resource === undefined) return [];
    const earlier = nameOf.get(resource.url);
    nameOf.set(resource.url, name);
    return earlier === undefined ? [] : [`${name}: warning: This has the url of ${earlier} and takes its place.`];
  });
}

/** A name that programmes of different urls share means the last of them alone, which nobody may have meant. */
function sharedNames(read: readonly ({ readonly name: string } & FileRead)[], definitions: Definitions) {
  const fileOf = new Map(read.flatMap(({ name, resource }) => (resource === undefined ? [] : [[resource.url, name]])));
  return definitions.programmes.flatMap((loser) =>
    loser.names.flatMap((key) => {
      const winner = definitions.programme(key);
      if (winner === undefined || winner === loser) return [];
      const [won, lost] = [fileOf.get(winner.url), fileOf.get(loser.url)];
      const name = `programme.key ${JSON.stringify(key)}`;
      const of = (file: string | undefined): string => file ?? 'the programme that we ship';
      return won === undefined
        ? [`${of(lost)}: warning: The ${name} means ${of(won)}, and not this.`]
        : [`${won}: warning: The ${name} means this, and not ${of(lost)}.`];
    }),
  );
}

function filesBelow(folder: string): string[] | undefined {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.json') && !/(^|\/)\./.test(name))
      .filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() !== true)
      .toSorted();
  } catch {
    return undefined;
  }
}

interface FileRead {
  readonly resource?: { readonly url: string };
  readonly faults?: readonly string[];
  readonly note?: string;
}

function fileRead(file: string): FileRead {
  const text = textIn(file);
  if (text === undefined) return { faults: ['error: This cannot be read, or is no UTF-8.'] };
  const [issue] = readText(text).issues;
  if (issue !== undefined) return { faults: [sentenceOf(issue)] };
  // A definition is no record of a patient: its numbers are numbers, however many digits they were written with.
  const resource = Object(JSON.parse(text)) as { readonly resourceType?: unknown; readonly url?: unknown };
  const type = types.find((one) => one === resource.resourceType);
  if (type === undefined) return { note: `warning: This was passed over, since it is no ${types.join(' and no ')}.` };
  const faults = definitionFaults(resource).map(({ at, says }) => `error: ${at}: ${says}`);
  const { url } = resource;
  if (typeof url !== 'string' || url === '') return { faults: [`error: This ${type} has no url.`, ...faults] };
  return faults.length > 0 ? { faults } : { resource: { ...resource, url } };
}

const types = ['Questionnaire', 'PlanDefinition'] as const;

function textIn(file: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch {
    return undefined;
  }
}
