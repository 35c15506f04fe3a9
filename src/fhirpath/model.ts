/** What the compiler asks of the types of FHIR, and what an expression is asked with. */

/** One element of a type. */
export interface ElementInfo {
  /** Its types; primitives in FHIR's names ('string', 'dateTime'), a backbone element's type is its path. */
  readonly types: readonly string[];
  /** Whether the element is value[x]: its JSON name ends with its type. */
  readonly choice: boolean;
  readonly many: boolean;
}

/** The types of one version of FHIR. Names of choice elements are without `[x]`. */
export interface Model {
  element(type: string, name: string): ElementInfo | undefined;
  elements(type: string): readonly string[];
  /** The type this one specialises ('Age' is a 'Quantity', 'Observation' a 'DomainResource'). */
  base(type: string): string | undefined;
}

/** What stands around the focus: the resource it is in, and the outermost one that holds that as contained. */
export interface Surroundings {
  readonly resource: unknown;
  readonly rootResource: unknown;
  /** The resource that a reference leads to; undefined where it is not at hand. */
  resolve?(reference: string): unknown;
}

/** Whether the focus satisfies an invariant. Never throws, whatever the JSON. */
export type Invariant = (focus: unknown, around: Surroundings) => boolean;

/** One item of a collection. */
export interface Item {
  /** 'Observation', 'Observation.component', 'code', or one of FHIRPath's own: 'System.Boolean'. */
  readonly type: string;
  /** JSON as it stands in the resource; undefined where a primitive has only an id or extensions. */
  readonly value: unknown;
  /** What stands beside a primitive in its `_name`: its id and extensions. */
  readonly beside?: unknown;
}

/**
 * The collection that an expression gives. Undefined where it has no answer: FHIRPath calls it an error (one item
 * needed, several there), or it takes more than we know (to convert units).
 */
export type Expression = (focus: unknown, around: Surroundings) => readonly Item[] | undefined;
