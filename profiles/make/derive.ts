/**
 * `npm run profiles:derive`: writes what follows from other artefacts: the ValueSets, the standard codings that stand in
 * Questionnaires and PlanDefinitions, the lists on pages, the ImplementationGuide, and what the checker reads. Run it after any change of a CodeSystem, of
 * profiles/terminology, of a page, or after an artefact came or went.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { catalogue } from '../../src/outcome/catalogue.ts';
import { artefactsIn, guideFile, listedInGuide, pages, profiles, publishedIn } from './artefacts.ts';
import { implementationGuide } from './guide.ts';
import { withList } from './list-page.ts';
import { ownCodes, ownStructures } from './own.ts';
import { withStandardCodings } from './standard-codings.ts';
import { shippedValueSets } from './value-sets.ts';

const write = async (file: string, artefact: object): Promise<void> =>
  writeText(file, await format(JSON.stringify(artefact, null, 2), { parser: 'json', printWidth: 120 }));

function writeText(file: string, text: string): void {
  if (readOrNothing(file) !== text) writeFileSync(`${profiles}${file}`, text);
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(`${profiles}${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

const issues = artefactsIn('codesystems').find(({ id }) => id === 'issue');
await write('codesystems/issue.json', {
  ...issues,
  concept: Object.entries(catalogue).map(([code, { sentence }]) => ({ code, display: sentence })),
});

const sets = shippedValueSets();
for (const { id } of artefactsIn('valuesets'))
  if (!sets.some((set) => set.id === id)) rmSync(`${profiles}valuesets/${id}.json`);
for (const set of sets) await write(`valuesets/${set.id}.json`, set);

for (const { file, artefact } of [...publishedIn('plandefinitions'), ...publishedIn('questionnaires')]) {
  const coded = withStandardCodings(artefact);
  if (JSON.stringify(coded) !== JSON.stringify(artefact)) await write(file, coded);
}

const listed = listedInGuide().map(({ artefact }) => artefact);
for (const [name, text] of pages()) {
  writeText(`pages/${name}.md`, await format(withList(name, text, listed), { parser: 'markdown', printWidth: 120 }));
}

await write(guideFile, implementationGuide(listed, pages()));

writeText('own/structures.json', `${ownStructures()}\n`);
writeText('own/codes.json', `${ownCodes()}\n`);
