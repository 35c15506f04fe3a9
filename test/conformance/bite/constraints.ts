import { artefacts } from '../../definitions/artefacts.ts';

/** What our StructureDefinitions ask for beyond their parents, constraint by constraint. */

export interface ElementDefinition {
  readonly id: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly slicing?: { readonly rules: string };
  readonly min?: number;
  readonly max?: string;
  readonly base?: { readonly max: string };
  readonly type?: readonly TypeOf[];
  readonly binding?: { readonly strength: string; readonly valueSet: string };
  readonly constraint?: readonly { readonly key: string; readonly source?: string }[];
  readonly minValueInteger?: number;
  readonly maxValueInteger?: number;
  readonly [element: string]: unknown;
}

interface TypeOf {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly targetProfile?: readonly string[];
}

export interface StructureDefinition {
  readonly id: string;
  readonly url: string;
  readonly kind: string;
  readonly type: string;
  readonly differential: { readonly element: readonly ElementDefinition[] };
  readonly snapshot: { readonly element: readonly ElementDefinition[] };
}

export type ConstraintKind =
  'min' | 'max' | 'type' | 'target' | 'fixed' | 'closed' | 'binding' | 'invariant' | 'minValue' | 'maxValue';

export interface Constraint {
  readonly definition: StructureDefinition;
  readonly element: ElementDefinition;
  readonly kind: ConstraintKind;
  /** The limit, the key of an invariant, the name of a fixed value or the ValueSet. */
  readonly detail: string;
}

/** A logical model has no instances in FHIR. */
export const definitions: readonly StructureDefinition[] = [
  ...artefacts<StructureDefinition>('structuredefinitions').values(),
].filter(({ kind, url }) => kind !== 'logical' && url.startsWith('https://w3id.org/coursebridge/'));

export const constraintsOf = (definition: StructureDefinition): Constraint[] =>
  definition.differential.element.flatMap((element) =>
    [...kindsOf(element)].map(([kind, detail]) => ({ definition, element, kind, detail })),
  );

function* kindsOf(element: ElementDefinition): Generator<readonly [ConstraintKind, string]> {
  // The url of an extension is its name: with another one it is another extension, which nobody forbids.
  if (/^Extension(\..*)?\.url$/.test(element.id)) return;
  const { min = 0, max = '*', slicing, binding, constraint = [], minValueInteger, maxValueInteger } = element;
  if (min > 0) yield ['min', String(min)];
  if (max !== '*') yield ['max', max];
  yield* typesOf(element);
  for (const name of Object.keys(element)) if (/^(fixed|pattern)[A-Z]/.test(name)) yield ['fixed', name];
  if (slicing?.rules === 'closed') yield ['closed', ''];
  // A preferred binding asks for nothing.
  if (binding?.strength === 'required') yield ['binding', binding.valueSet];
  for (const { key, source } of constraint) if (source?.includes('coursebridge') === true) yield ['invariant', key];
  if (minValueInteger !== undefined) yield ['minValue', String(minValueInteger)];
  if (maxValueInteger !== undefined) yield ['maxValue', String(maxValueInteger)];
}

function* typesOf({ id, type, sliceName }: ElementDefinition): Generator<readonly [ConstraintKind, string]> {
  // The type of a slice of extensions is which extension it is.
  if (type === undefined || sliceName !== undefined) return;
  const codes = type.map(({ code }) => code).join(', ');
  if (id.endsWith('[x]') || id.endsWith('contained')) yield ['type', codes];
  const targets = type.flatMap(({ targetProfile }) => targetProfile ?? []);
  if (targets.length > 0) yield ['target', targets.map((url) => url.slice(url.lastIndexOf('/') + 1)).join(', ')];
}

/** The element of the snapshot, which knows what the differential leaves out. */
export const inSnapshot = ({ snapshot }: StructureDefinition, id: string): ElementDefinition | undefined =>
  snapshot.element.find((element) => element.id === id);

/** The fixed value or pattern of an element. */
export function fixedIn(element: ElementDefinition | undefined): unknown {
  const name = Object.keys(element ?? {}).find((one) => /^(fixed|pattern)[A-Z]/.test(one));
  return name === undefined ? undefined : element?.[name];
}
