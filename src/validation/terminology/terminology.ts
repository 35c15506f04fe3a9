/** What is known of codes without asking a terminology server. */

/** Whether a code is in a set. `unknown`: what decides cannot be had offline (LOINC, a filter of SNOMED CT). */
export type Membership = 'in' | 'out' | 'unknown';

/** A value set. */
export interface CodeSet {
  /** Without a system the code is looked for in every system of the set, as for an element of type `code`. */
  has(system: string | undefined, code: string): Membership;
  /** False where some part of the set could not be had: what is not in it may still be. */
  readonly whole: boolean;
}

/** A code system of which every code is known. */
export interface KnownSystem {
  has(code: string): boolean;
}

/** Every answer is pure and the same each time; sets are made when first asked for. */
export interface Terminology {
  /** The value set of a canonical, with or without a version; undefined where nobody defines it. */
  set(canonical: string): CodeSet | undefined;
  /** The code system; undefined where its codes are not all known. */
  system(url: string): KnownSystem | undefined;
}
