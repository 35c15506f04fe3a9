import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../src/json/json.ts';
import type { CompactCodes } from '../../../src/validation/terminology/compact-codes.ts';
import { terminologyOf } from '../../../src/validation/terminology/terminology-of.ts';
import type { Terminology } from '../../../src/validation/terminology/terminology.ts';

const file = new URL('../../../profiles/r4/codes.json', import.meta.url);

export const r4Codes = JSON.parse(readFileSync(file, 'utf8')) as CompactCodes;

/** R4's own terminology with further resources. */
export function r4With(...resources: readonly JsonObject[]): Terminology {
  const of = (type: string) => resources.filter(({ resourceType }) => resourceType === type);
  return terminologyOf(r4Codes, { codeSystems: of('CodeSystem'), valueSets: of('ValueSet') });
}
