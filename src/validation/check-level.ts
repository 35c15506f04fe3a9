/**
 * How what is about to be written is checked. `base`: by R4 and HL7's vital signs. `ours`: by our own profile of each
 * resource too. It stands by itself, since settings and options name it before anything of the checker is loaded.
 */
export type CheckLevel = (typeof checkLevels)[number];
export const checkLevels = ['off', 'base', 'ours'] as const;
