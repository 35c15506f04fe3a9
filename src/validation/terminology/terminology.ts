/** What is known of codes without asking a terminology server. */

/** Whether a code is in a set. `unknown`: what decides cannot be had offline (LOINC, a filter of SNOMED CT). */
export type Membership = 'in' | 'out' | 'unknown';

/** A value set. */
export interface CodeSet {
  /** Without a system the code is looked for in every system of the set, as for an element of type `code`. */
  has(system: string | undefined, code: string): Membership;
  /** The urls of the systems that the set includes by itself, not by the sets that it imports. */
  systems(): readonly string[];
}

/** A code system whose codes are known. */
export interface KnownSystem {
  has(code: string): boolean;
  /** False where there are codes that we do not hold. */
  readonly complete: boolean;
}

/** Every answer is pure and the same each time; sets are made when first asked for. */
export interface Terminology {
  /** The value set of a canonical, with or without a version; undefined where nobody defines it. */
  set(canonical: string): CodeSet | undefined;
  /** The code system; undefined where its codes are not known. */
  system(url: string): KnownSystem | undefined;
  /** Whether the url is that of a value set. */
  isSet(url: string): boolean;
}
