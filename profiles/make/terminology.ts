/**
 * `npm run profiles:terminology`: writes profiles/valuesets from the CodeSystems and from profiles/terminology. Run it
 * after any change of either.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { artefactsIn, profiles } from './artefacts.ts';
import { shippedValueSets } from './value-sets.ts';

const folder = `${profiles}valuesets/`;

for (const { id } of artefactsIn('valuesets')) rmSync(`${folder}${id}.json`);
for (const set of shippedValueSets()) {
  writeFileSync(`${folder}${set.id}.json`, await format(JSON.stringify(set, null, 2), { parser: 'json' }));
}
