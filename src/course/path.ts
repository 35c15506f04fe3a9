/** FHIRPath places in a course, e.g. `TreatmentCourse.sessions[2].readings[0].at`; indexes are zero-based. */

export const root = 'TreatmentCourse';

/** The place of a field below another. A name that is no identifier is delimited as FHIRPath asks. */
export function field(at: string, name: string): string {
  return `${at}.${/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) ? name : '`?`'}`;
}

/** The place of the n-th entry of a list. */
export function entry(at: string, index: number): string {
  return `${at}[${index}]`;
}

/** A path of keys and indexes as a place in the course. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((at, key) => (typeof key === 'number' ? entry(at, key) : field(at, String(key))), root);
}
