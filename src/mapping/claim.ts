/**
 * Which profiles resources claim. `hl7`: R4's own vital signs alone. `ours`: one profile of ours on every resource. It
 * stands by itself, since settings and options name it before anything of the mapping is loaded.
 */
export type Claim = (typeof claims)[number];
export const claims = ['off', 'hl7', 'ours'] as const;
