import type { Model } from '../fhirpath/model.ts';
import type { Definition } from './definition.ts';

/** Where something stands: the names from the resource down, `value.ofType(Quantity)` for a choice. */
export interface Place {
  readonly resourceType: string;
  readonly names: readonly string[];
}

/** Every expression by which a context may name a place: its paths, its type, and what that type specialises. */
export function expressionsFor(place: Place, model: Model): ReadonlySet<string> {
  return walked(place, model).paths;
}

/** The type of what stands there; a backbone element's is its path. */
export const typeAt = (place: Place, model: Model): string => walked(place, model).type;

function walked({ resourceType, names }: Place, model: Model) {
  let type = resourceType;
  let paths: ReadonlySet<string> = new Set(lineage(resourceType, model));
  for (const segment of names) {
    const [, name = segment, chosen] = /^([^.]+)\.ofType\((\w+)\)$/.exec(segment) ?? [];
    const info = model.element(type, name);
    const below = new Set<string>();
    for (const path of paths) {
      below.add(`${path}.${name}`);
      if (info?.choice === true) below.add(`${path}.${name}[x]`);
    }
    type = chosen ?? info?.types[0] ?? 'Element';
    for (const one of lineage(type, model)) below.add(one);
    paths = below;
  }
  return { paths, type };
}

function lineage(type: string, model: Model): readonly string[] {
  const types: string[] = [];
  let at: string | undefined = type;
  while (at !== undefined && !types.includes(at)) {
    types.push(at);
    at = model.base(at);
  }
  return types;
}

const r4 = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * Where R4's own definitions use extensions of R4 whose contexts do not say so; FHIR 5 says it, and HL7's validator lets
 * them pass.
 */
const corrections: ReadonlyMap<string, readonly string[]> = new Map([
  [`${r4}structuredefinition-fhir-type`, ['ElementDefinition.type']],
  [`${r4}structuredefinition-normative-version`, ['DomainResource', 'ElementDefinition']],
  [`${r4}regex`, ['ElementDefinition.type']],
]);

/**
 * Whether an extension may stand there. One that is for extensions alone is let pass where its parent is one: the
 * parent's own definition says what it holds.
 */
export function isInContext({ url, contexts }: Definition, expressions: ReadonlySet<string>): boolean {
  if (contexts.length === 0 || corrections.get(url)?.some((expression) => expressions.has(expression)) === true)
    return true;
  return contexts.some(({ type, expression }) =>
    type === 'element'
      ? expression === 'Element' || expressions.has(expression)
      : type === 'fhirpath' || expressions.has('Extension'),
  );
}
