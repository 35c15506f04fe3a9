import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { unpackedCode, type CompactSystem } from './compact-codes.ts';
import type { KnownSystem } from './terminology.ts';

/** A code system whose codes we hold, with what filters ask of them. */
export interface HeldSystem extends KnownSystem {
  /** The codes below this one, at any depth. */
  descendants(code: string): ReadonlySet<string>;
  /** The codes of which a property has this value; undefined where the properties are not held. */
  withProperty(property: string, value: string): ReadonlySet<string> | undefined;
  /** The code as it is compared. */
  key(code: string): string;
}

export interface Concept {
  readonly code: string;
  readonly parents: readonly string[];
  readonly properties: readonly (readonly [property: string, value: string])[];
}

class ListedSystem implements HeldSystem {
  readonly complete: boolean;
  readonly #sensitive: boolean;
  readonly #codes: ReadonlySet<string>;
  readonly #concepts: readonly Concept[];
  readonly #hasProperties: boolean;
  #children: Map<string, string[]> | undefined;

  constructor(concepts: readonly Concept[], sensitive: boolean, complete: boolean, hasProperties: boolean) {
    this.complete = complete;
    this.#sensitive = sensitive;
    this.#concepts = concepts;
    this.#hasProperties = hasProperties;
    this.#codes = new Set(concepts.map(({ code }) => this.key(code)));
  }

  key(code: string): string {
    return this.#sensitive ? code : code.toLowerCase();
  }

  has(code: string): boolean {
    return this.#codes.has(this.key(code));
  }

  descendants(code: string): ReadonlySet<string> {
    const children = (this.#children ??= this.#childrenOf());
    const found = new Set<string>();
    const open = [this.key(code)];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const child of children.get(next) ?? [])
        if (!found.has(child)) {
          found.add(child);
          open.push(child);
        }
    return found;
  }

  withProperty(property: string, value: string): ReadonlySet<string> | undefined {
    if (!this.#hasProperties) return undefined;
    const has = ({ properties }: Concept): boolean => properties.some((own) => own[0] === property && own[1] === value);
    return new Set(this.#concepts.filter(has).map(({ code }) => this.key(code)));
  }

  #childrenOf(): Map<string, string[]> {
    const children = new Map<string, string[]>();
    for (const { code, parents } of this.#concepts)
      for (const parent of parents) {
        const known = children.get(this.key(parent));
        if (known === undefined) children.set(this.key(parent), [this.key(code)]);
        else known.push(this.key(code));
      }
    return children;
  }
}

/** The code system of a line in `profiles/r4/codes.json`. */
export function compactSystem([flags, text]: CompactSystem): HeldSystem {
  const concepts: Concept[] = [];
  const above: string[] = [];
  let last = '';
  for (const token of text === '' ? [] : text.split(' '))
    if (token === '{') above.push(last);
    else if (token === '}') above.pop();
    else {
      last = unpackedCode(token);
      concepts.push({ code: last, parents: above.slice(-1), properties: [] });
    }
  return new ListedSystem(concepts, flags.includes('c'), !flags.includes('f'), false);
}

/** A CodeSystem as FHIR writes it; undefined where its codes are not in it. */
export function listedSystem(resource: JsonObject): HeldSystem | undefined {
  const { content } = resource;
  if (content !== 'complete' && content !== 'example' && content !== 'fragment') return undefined;
  return new ListedSystem(conceptsOf(resource), resource['caseSensitive'] === true, content !== 'fragment', true);
}

/** Every concept of a CodeSystem, whatever the depth. */
export function conceptsOf(resource: JsonObject): Concept[] {
  const concepts: Concept[] = [];
  const open = objects(resource['concept']).map((concept) => ({ concept, above: '' }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { concept, above } = next;
    const { code } = concept;
    if (typeof code !== 'string') continue;
    const properties = propertiesOf(concept);
    const stated = properties.filter(([name]) => name === 'parent' || name === 'subsumedBy').map(([, value]) => value);
    concepts.push({ code, parents: above === '' ? stated : [above, ...stated], properties });
    for (const child of objects(concept['concept'])) open.push({ concept: child, above: code });
  }
  return concepts;
}

function propertiesOf(concept: JsonObject): (readonly [string, string])[] {
  return objects(concept['property']).flatMap((property) => {
    const value = property['valueCode'] ?? property['valueString'] ?? property['valueBoolean'];
    const { code } = property;
    return typeof code === 'string' && (typeof value === 'string' || typeof value === 'boolean')
      ? [[code, String(value)] as const]
      : [];
  });
}

/** The objects of a list. What is no list has none. */
export const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];
