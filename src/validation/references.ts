import { isJsonObject, type JsonObject } from '../json/json.ts';
import { isAbsolute } from './formats/uris.ts';
import type { Library } from './library.ts';
import { typeNamedBy } from './reached.ts';
import type { Check, Run } from './run.ts';

const anything = 'http://hl7.org/fhir/StructureDefinition/Resource';

/** What a reference of an element may lead to: types, and for those within reach profiles. */
export function targetCheck(
  targets: readonly string[],
  library: Library,
  profile: (url: string) => Check | undefined,
): Check | undefined {
  if (targets.length === 0 || targets.includes(anything)) return undefined;
  const types = new Set<string>();
  const plain = new Set<string>();
  const profiles: { readonly type: string; readonly check: Check }[] = [];
  for (const target of targets) {
    const definition = library.definition(target);
    const check = definition?.isConstraint === true ? profile(target) : undefined;
    // What is not known here may be of any type.
    if (definition === undefined) return undefined;
    types.add(definition.type);
    if (check === undefined) plain.add(definition.type);
    else profiles.push({ type: definition.type, check });
  }
  return (value, run) => {
    if (!isJsonObject(value)) return;
    const resource = resourceOf(value, run);
    const type = typeOf(value, resource);
    if (type === undefined) return;
    if (!types.has(type)) {
      // What is no type of R4 may be anything.
      if (library.type(type)?.kind === 'resource') run.report('reference-to-wrong-type');
    } else if (resource !== undefined && !plain.has(type)) {
      const own = profiles.filter((one) => one.type === type);
      if (!own.some(({ check }) => run.conforms(resource, check))) run.report('reference-to-wrong-profile');
    }
  };
}

function resourceOf({ reference }: JsonObject, run: Run): JsonObject | undefined {
  return typeof reference === 'string' ? run.resolve(reference) : undefined;
}

/** A logical reference may lead to anything: what it says of its type is not held against it. */
function typeOf({ reference }: JsonObject, resource: JsonObject | undefined): string | undefined {
  if (resource !== undefined)
    return typeof resource['resourceType'] === 'string' ? resource['resourceType'] : undefined;
  return typeof reference === 'string' ? typeNamedBy(reference) : undefined;
}

/** What every Reference must satisfy, wherever it stands: ref-1, and what a Bundle says of its own. */
export const referenceCheck: Check = (value, run) => {
  const { reference, type } = value as JsonObject;
  if (typeof reference !== 'string') return;
  if (/\s/.test(reference)) run.report('reference-malformed');
  if (typeof type === 'string' && !saysSameType(reference, type, run)) run.report('reference-to-wrong-type');
  if (reference.startsWith('#')) {
    // `#` is how a contained resource names the one that contains it.
    const isItself = reference.length === 1 && run.resource === run.root;
    if (isItself || run.resolve(reference) === undefined) run.report('reference-not-contained');
  } else if (run.bundle !== undefined) {
    const count = run.bundle.countOf(reference);
    if (count > 1) run.report('reference-ambiguous');
    else if (count === 0 && reference.startsWith('urn:')) run.report('reference-not-in-bundle');
    else if (!isAbsolute(reference) && run.bundle.lacksAddress(run.root)) run.report('reference-from-nowhere');
  }
};

/** A canonical may name a contained resource, which must be there. */
export const canonicalCheck: Check = (value, run) => {
  if (typeof value !== 'string' || !value.startsWith('#')) return;
  if (run.resolve(value) === undefined) run.report('reference-not-contained');
};

function saysSameType(reference: string, type: string, run: Run): boolean {
  const resource = run.resolve(reference)?.['resourceType'];
  const named = typeof resource === 'string' ? resource : typeNamedBy(reference);
  return named === undefined || named === type || type.endsWith(`/${named}`);
}
