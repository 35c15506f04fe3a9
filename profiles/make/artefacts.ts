import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** An artefact as it lies in the repository. */
export interface Published {
  /** Below `profiles/`. */
  readonly file: string;
  /** Its bytes: decimals keep their digits. */
  readonly text: string;
  readonly artefact: Artefact;
}

export const profiles = fileURLToPath(new URL('../', import.meta.url));

/** The folders whose JSON files are artefacts; `borrowed` holds what others define, we use, and R4 does not carry. */
export const artefactFolders = [
  'borrowed',
  'capabilitystatements',
  'codesystems',
  'namingsystems',
  'plandefinitions',
  'questionnaires',
  'structuredefinitions',
  'valuesets',
] as const;

/** The artefacts in a folder of `profiles/`, in the order of their file names. */
export const artefactsIn = (folder: string): Artefact[] => publishedIn(folder).map(({ artefact }) => artefact);

export function publishedIn(folder: string): Published[] {
  if (!existsSync(`${profiles}${folder}`)) return [];
  return readdirSync(`${profiles}${folder}`)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => published(`${folder}/${name}`));
}

export const guideFile = 'implementationguide.json';

/** Everything that we publish but the guide, which lists it. */
export const listedInGuide = (): Published[] => artefactFolders.flatMap(publishedIn);

/** Everything that we publish. */
export const everythingPublished = (): Published[] => [...listedInGuide(), published(guideFile)];

/** The pages of the guide by name, without `.md`. */
export function pages(): ReadonlyMap<string, string> {
  const names = readdirSync(`${profiles}pages`).filter((name) => name.endsWith('.md'));
  return new Map(
    names.toSorted().map((name) => [name.slice(0, -'.md'.length), readFileSync(`${profiles}pages/${name}`, 'utf8')]),
  );
}

export const codeSystems = (): CodeSystem[] => artefactsIn('codesystems') as CodeSystem[];

function published(file: string): Published {
  const text = readFileSync(`${profiles}${file}`, 'utf8');
  return { file, text, artefact: JSON.parse(text) as Artefact };
}
