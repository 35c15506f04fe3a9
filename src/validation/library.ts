import { expanded, type Compact } from './compact.ts';
import type { Definition } from './definition.ts';

/** The definitions that a checker knows, by url and, for FHIR's own types, by name. */
export interface Library {
  /** By canonical, `url` or `url|version`; of another version than the one that is known there is none. */
  definition(canonical: string): Definition | undefined;
  /** The definition of a type of R4, not of a profile. */
  type(name: string): Definition | undefined;
}

/** Where definitions come from, by url. */
export type Source = (url: string) => Definition | undefined;

/** Compact definitions, each made whole when it is first asked for. */
export function compactSource(compact: Compact): Source {
  const compactByUrl = new Map(compact.definitions.map((definition) => [definition.url, definition]));
  const whole = new Map<string, Definition>();
  return (url) => {
    const known = whole.get(url);
    if (known !== undefined) return known;
    const definition = compactByUrl.get(url);
    if (definition === undefined) return undefined;
    const made = expanded(compact, definition);
    whole.set(url, made);
    return made;
  };
}

export function listSource(definitions: readonly Definition[]): Source {
  const byUrl = new Map(definitions.map((definition) => [definition.url, definition]));
  return (url) => byUrl.get(url);
}

const r4Types = 'http://hl7.org/fhir/StructureDefinition/';

/** R4's own definitions and further ones; where several have one, the first. */
export function libraryOf(r4: Source, further: readonly Source[]): Library {
  const sources = [r4, ...further];
  const find = (url: string): Definition | undefined => {
    for (const source of sources) {
      const found = source(url);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    definition(canonical) {
      const bar = canonical.indexOf('|');
      const found = find(bar < 0 ? canonical : canonical.slice(0, bar));
      return bar < 0 || found?.version === canonical.slice(bar + 1) ? found : undefined;
    },
    type(name) {
      const found = r4(r4Types + name);
      return found !== undefined && !found.isConstraint && found.type === name ? found : undefined;
    },
  };
}
