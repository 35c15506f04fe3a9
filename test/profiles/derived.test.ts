import { expect, test } from 'vitest';
import { artefactsIn, guideFile, listedInGuide, pages, profiles } from '../../profiles/make/artefacts.ts';
import { implementationGuide } from '../../profiles/make/guide.ts';
import { withList } from '../../profiles/make/list-page.ts';
import { ownCodes, ownStructures } from '../../profiles/make/own.ts';
import { withStandardCodings } from '../../profiles/make/standard-codings.ts';
import { readFileSync } from 'node:fs';

/** What `npm run profiles:derive` writes is what is committed. */

const listed = listedInGuide().map(({ artefact }) => artefact);

test('the guide lists everything that is published, and every page (npm run profiles:derive)', () => {
  const guide: unknown = JSON.parse(readFileSync(`${profiles}${guideFile}`, 'utf8'));
  expect(guide).toEqual(JSON.parse(JSON.stringify(implementationGuide(listed, pages()))));
});

test('the checker reads what is published (npm run profiles:derive)', () => {
  expect(readFileSync(`${profiles}own/structures.json`, 'utf8') === `${ownStructures()}\n`).toBe(true);
  expect(readFileSync(`${profiles}own/codes.json`, 'utf8') === `${ownCodes()}\n`).toBe(true);
});

test('a page lists what it tells of (npm run profiles:derive)', () => {
  // Prettier pads the columns of a table.
  const plain = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
  const stale = [...pages()].filter(([name, text]) => plain(withList(name, text, listed)) !== plain(text));
  expect(stale.map(([name]) => name)).toEqual([]);
});

test.each(['plandefinitions', 'questionnaires'])('the standard codings in %s are those of the one place', (folder) => {
  const artefacts = artefactsIn(folder);
  expect(artefacts.map(withStandardCodings)).toEqual(artefacts);
});

test('a coding of SNOMED CT that the one place no longer has goes', () => {
  const coding = [
    { system: 'http://snomed.info/sct', code: '123' },
    { system: 'https://w3id.org/coursebridge/CodeSystem/session-setting', code: 'inpatient' },
  ];
  const plan = { resourceType: 'PlanDefinition', id: 'x', action: [{ code: [{ coding }] }] };
  expect(withStandardCodings(plan)).toEqual({ ...plan, action: [{ code: [{ coding: coding.slice(1) }] }] });
  const foreign = { ...plan, action: [{ code: [{ coding: coding.slice(0, 1) }] }] };
  expect(withStandardCodings(foreign)).toEqual({ ...plan, action: [{ code: [{ coding: [] }] }] });
});
