import { hash } from 'node:crypto';
import { elementOf, textIn } from './elements.ts';

/**
 * What we publish as FHIR resources: profiles, questionnaires, codes, programmes. They are found by type and id, and by
 * what FHIR's searches of conformance resources ask for (https://hl7.org/fhir/R4/searchparameter-registry.html).
 */

/** The types that are published. */
export const conformanceTypes = [
  'CapabilityStatement',
  'CodeSystem',
  'ImplementationGuide',
  'NamingSystem',
  'PlanDefinition',
  'Questionnaire',
  'StructureDefinition',
  'ValueSet',
] as const;

export type ConformanceType = (typeof conformanceTypes)[number];

/** One published resource. */
export interface Artefact {
  readonly type: ConformanceType;
  /** Its own id; one from its url where it has none that FHIR allows, or where another of the type has it. */
  readonly id: string;
  /** R4's NamingSystem has neither a url nor a version. */
  readonly url?: string;
  readonly version?: string;
  readonly name?: string;
  readonly resource: { readonly [element: string]: unknown };
}

const versions = new WeakMap<Artefact['resource'], string>();

/** A version that changes with the content of an artefact, and with nothing else. */
export function versionIdOf({ resource }: Artefact): string {
  const version = versions.get(resource) ?? hash('sha1', JSON.stringify(resource), 'hex').slice(0, 16);
  versions.set(resource, version);
  return version;
}

export interface Conformance {
  /** The types of which there is something, in their order. */
  readonly types: readonly ConformanceType[];
  /** In the order of their ids. */
  ofType(type: ConformanceType): readonly Artefact[];
  artefact(type: ConformanceType, id: string): Artefact | undefined;
}

/**
 * The conformance resources among some. What is of another type, or has neither a url nor an id, is passed over. Of two
 * of one type with the same url the later one counts, so that a site's own can stand after ours.
 */
export function conformanceOf(resources: readonly unknown[]): Conformance {
  const byName = new Map<string, { readonly type: ConformanceType; readonly element: Artefact['resource'] }>();
  for (const resource of resources) {
    const element = elementOf(resource);
    const type = conformanceTypes.find((one) => one === element['resourceType']);
    const name = textIn(element, 'url') ?? textIn(element, 'id');
    if (type !== undefined && name !== undefined) byName.set(`${type} ${name}`, { type, element });
  }
  const byType = new Map<ConformanceType, Map<string, Artefact>>();
  for (const { type, element } of byName.values()) {
    const known = byType.get(type) ?? new Map<string, Artefact>();
    const artefact = artefactOf(type, element, known);
    byType.set(type, known.set(artefact.id, artefact));
  }
  const sorted = new Map(
    [...byType].map(([type, artefacts]) => [
      type,
      [...artefacts.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    ]),
  );
  return {
    types: conformanceTypes.filter((type) => sorted.has(type)),
    ofType: (type) => sorted.get(type) ?? [],
    artefact: (type, id) => byType.get(type)?.get(id),
  };
}

function artefactOf(
  type: ConformanceType,
  element: Artefact['resource'],
  known: ReadonlyMap<string, Artefact>,
): Artefact {
  const own = textIn(element, 'id') ?? '';
  const url = textIn(element, 'url');
  const version = textIn(element, 'version');
  const name = textIn(element, 'name');
  const isFree = /^[A-Za-z0-9.-]{1,64}$/.test(own) && !known.has(own);
  return {
    type,
    id: isFree ? own : hash('sha1', url ?? own, 'hex'),
    ...(url !== undefined && { url }),
    ...(version !== undefined && { version }),
    ...(name !== undefined && { name }),
    resource: element,
  };
}
