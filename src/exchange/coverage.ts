import { isJsonObject, type Json } from '../json/json.ts';

/** What a target can hold of a course, as far as it was learnt from its answers. */
export interface Coverage {
  /** Types of which it makes no resources. */
  readonly notHeld: readonly string[];
  /** Whether it keeps the identifiers of what it is sent; absent where nobody has seen it yet. */
  readonly identifiers?: 'kept' | 'lost';
}

export const fullCoverage: Coverage = { notHeld: [] };

/** Reads kept coverage; what is not understood is learnt again. */
export function coverageIn(json: Json | undefined): Coverage {
  if (!isJsonObject(json)) return fullCoverage;
  const { notHeld, identifiers } = json;
  const types = Array.isArray(notHeld) ? (notHeld as readonly Json[]) : [];
  return {
    notHeld: types.filter((one) => typeof one === 'string'),
    ...((identifiers === 'kept' || identifiers === 'lost') && { identifiers }),
  };
}

export function withoutType(coverage: Coverage, type: string): Coverage {
  return coverage.notHeld.includes(type) ? coverage : { ...coverage, notHeld: [...coverage.notHeld, type].toSorted() };
}

/**
 * Statuses with which a server says that it has no such interaction (https://hl7.org/fhir/R4/http.html#Status-Codes).
 * None of them is a way to say "not now": they are believed at once.
 */
const noSuchInteraction = new Set([404, 405, 501]);

export const saysItCannot = (status: number): boolean => noSuchInteraction.has(status);
