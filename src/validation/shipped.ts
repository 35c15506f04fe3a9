import codes from '../../profiles/own/codes.json' with { type: 'json' };
import structures from '../../profiles/own/structures.json' with { type: 'json' };
import { ownForms, shippedInstruments } from '../definitions/shipped-artefacts.ts';
import type { JsonObject } from '../json/json.ts';
import { checkerOf, type Checker } from './checker.ts';
import type { Compact } from './compact.ts';
import type { Knowledge } from './knowledge.ts';
import { compactSource } from './library.ts';

/** What we publish: profiles, extensions, codes, Questionnaires. */
export const shippedKnowledge: Knowledge = {
  definitions: [],
  unread: [],
  definition: compactSource(structures as unknown as Compact),
  codeSystems: codes.codeSystems,
  valueSets: codes.valueSets,
  questionnaires: [...shippedInstruments, ...ownForms] as unknown as readonly JsonObject[],
};

let checker: Checker | undefined;

/** The checker of what we ship: R4, HL7's vital signs, our own profiles. There is one, made when first asked for. */
export const shippedChecker = (): Checker => (checker ??= checkerOf([shippedKnowledge]));
