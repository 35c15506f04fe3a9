import r4 from '../../profiles/r4/structures.json' with { type: 'json' };
import { expanded, type Compact } from './compact.ts';
import type { Definition } from './definition.ts';

/** The definitions that a checker knows, by url and, for FHIR's own types, by name. */
export interface Library {
  /** By canonical, `url` or `url|version`; of another version than the one that is known there is none. */
  definition(canonical: string): Definition | undefined;
  /** The definition of a type of R4, not of a profile. */
  type(name: string): Definition | undefined;
}

const compact = r4 as unknown as Compact;
const compactByUrl = new Map(compact.definitions.map((definition) => [definition.url, definition]));
const expandedByUrl = new Map<string, Definition>();

const r4Types = 'http://hl7.org/fhir/StructureDefinition/';

function ofR4(url: string): Definition | undefined {
  const known = expandedByUrl.get(url);
  if (known !== undefined) return known;
  const definition = compactByUrl.get(url);
  if (definition === undefined) return undefined;
  const made = expanded(compact, definition);
  expandedByUrl.set(url, made);
  return made;
}

/** R4's own definitions and those of packages; where both have one, R4's. */
export function libraryOf(further: readonly Definition[]): Library {
  const own = new Map(further.map((definition) => [definition.url, definition]));
  return {
    definition(canonical) {
      const bar = canonical.indexOf('|');
      const url = bar < 0 ? canonical : canonical.slice(0, bar);
      const found = ofR4(url) ?? own.get(url);
      return bar < 0 || found?.version === canonical.slice(bar + 1) ? found : undefined;
    },
    type(name) {
      const found = ofR4(r4Types + name);
      return found !== undefined && !found.isConstraint && found.type === name ? found : undefined;
    },
  };
}
