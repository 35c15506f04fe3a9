import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of ours a StructureDefinition names and nobody defines: SUSHI asks for neither codes nor ValueSets. */

const ours = 'https://w3id.org/coursebridge/';

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

/** One sentence for each code or ValueSet of ours that `profiles` lacks. */
export function unknownTerms(artefact: { readonly id: string }, profiles: string): string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    const { system, code, valueSet } = value as Readonly<Record<string, unknown>>;
    if (typeof system === 'string' && typeof code === 'string' && system.startsWith(ours)) {
      if (!codesOf(system, profiles).includes(code)) found.add(`${artefact.id}: ${system} has no code ${code}`);
    }
    if (typeof valueSet === 'string' && valueSet.startsWith(ours) && !existsSync(fileOf(valueSet, profiles))) {
      found.add(`${artefact.id}: there is no ${valueSet}`);
    }
    Object.values(value).forEach(walk);
  };
  walk(artefact);
  return [...found];
}

function codesOf(system: string, profiles: string): string[] {
  const file = fileOf(system, profiles);
  if (!existsSync(file)) return [];
  const all = (concepts: readonly Concept[] = []): string[] =>
    concepts.flatMap(({ code, concept }) => [code, ...all(concept)]);
  return all((JSON.parse(readFileSync(file, 'utf8')) as { concept?: readonly Concept[] }).concept);
}

/** `…/ValueSet/route` is `valuesets/route.json`. */
function fileOf(canonical: string, profiles: string): string {
  const [type = '', id = ''] = canonical.slice(ours.length).split('/');
  return join(profiles, `${type.toLowerCase()}s`, `${id}.json`);
}
