/**
 * `npm run profiles:derive`: writes what follows from other artefacts: the ValueSets, the standard codings that stand in
 * Questionnaires and PlanDefinitions, and the ImplementationGuide. Run it after any change of a CodeSystem, of
 * profiles/terminology, of a page, or after an artefact came or went.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { artefactsIn, guideFile, listedInGuide, pages, profiles, publishedIn } from './artefacts.ts';
import { implementationGuide } from './guide.ts';
import { withStandardCodings } from './standard-codings.ts';
import { shippedValueSets } from './value-sets.ts';

async function write(file: string, artefact: object): Promise<void> {
  const text = await format(JSON.stringify(artefact, null, 2), { parser: 'json', printWidth: 120 });
  if (readOrNothing(file) !== text) writeFileSync(`${profiles}${file}`, text);
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(`${profiles}${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

for (const { id } of artefactsIn('valuesets')) rmSync(`${profiles}valuesets/${id}.json`);
for (const set of shippedValueSets()) await write(`valuesets/${set.id}.json`, set);

for (const { file, artefact } of [...publishedIn('plandefinitions'), ...publishedIn('questionnaires')]) {
  const coded = withStandardCodings(artefact);
  if (JSON.stringify(coded) !== JSON.stringify(artefact)) await write(file, coded);
}

await write(
  guideFile,
  implementationGuide(
    listedInGuide().map(({ artefact }) => artefact),
    pages(),
  ),
);
