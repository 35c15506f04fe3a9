import type { conformanceValues } from '../../outcome/conformance-values.ts';

/** What can be wrong with one value, as codes of the catalogue. */
export type ValueFault = keyof typeof conformanceValues | 'invalid-date' | 'value-too-small' | 'not-checked';

/** What is wrong with a value. A value that is right gives undefined, so that nothing is allocated for it. */
export type Faults = readonly ValueFault[] | undefined;
