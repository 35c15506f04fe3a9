import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A published resource: what every kind of artefact says of itself. */
export interface Artefact {
  readonly resourceType: string;
  readonly id: string;
  readonly url?: string;
  readonly version?: string;
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly [element: string]: unknown;
}

export interface CodeSystem extends Artefact {
  readonly concept: readonly { readonly code: string; readonly display: string }[];
}

export const profiles = fileURLToPath(new URL('../', import.meta.url));

/** The artefacts in a folder of `profiles/`, in the order of their file names. */
export function artefactsIn(folder: string): Artefact[] {
  return readdirSync(`${profiles}${folder}`)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(`${profiles}${folder}/${name}`, 'utf8')) as Artefact);
}

export const codeSystems = (): CodeSystem[] => artefactsIn('codesystems') as CodeSystem[];
