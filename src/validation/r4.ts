import codes from '../../profiles/r4/codes.json' with { type: 'json' };
import structures from '../../profiles/r4/structures.json' with { type: 'json' };
import type { Compact } from './compact.ts';
import { compactSource } from './library.ts';
import type { CompactCodes } from './terminology/compact-codes.ts';

/** R4's own definitions: its types, HL7's profiles of vital signs, its extensions. */
export const r4 = compactSource(structures as unknown as Compact);

/** R4's own CodeSystems and ValueSets, as far as they can be had without asking anybody. */
export const r4Codes = codes as unknown as CompactCodes;
