import { describe, expect, it } from 'vitest';
import { keywords } from '../../src/course/keywords.ts';
import { keywordCodings } from '../../src/definitions/terminology.ts';
import { catalogue } from '../../src/outcome/catalogue.ts';
import { artefacts, codesOf, codeSystems, codingsIn, profiles, src, texts, type Coding } from './artefacts.ts';

const base = 'https://w3id.org/coursebridge';

describe.each([
  ['questionnaires', 'Questionnaire'],
  ['codesystems', 'CodeSystem'],
  ['plandefinitions', 'PlanDefinition'],
])('%s', (folder, resourceType) => {
  it.each([...artefacts(folder)])('%s is named, placed and versioned', (id, artefact) => {
    expect(artefact).toMatchObject({
      resourceType,
      id,
      url: `${base}/${resourceType}/${id}`,
      version: '0.1.0',
      status: 'active',
      experimental: false,
      publisher: 'coursebridge',
    });
  });
});

it.each(Object.entries(keywords))('the keywords of %s are its CodeSystem', (list, codes) => {
  expect(codesOf(list)).toEqual(codes);
});

it('every CodeSystem is a keyword list or one of the few others', () => {
  const others = [
    'course-fact',
    'deviation',
    'instrument-item',
    'issue',
    'monitoring-moment',
    'observation',
    'score-basis',
    'score-change',
    'severity-band',
  ];
  expect([...codeSystems.keys()].toSorted()).toEqual([...Object.keys(keywords), ...others].toSorted());
});

it('the published issues are those of the catalogue', () => {
  const published = codeSystems.get('issue')?.concept.map(({ code, display }) => [code, display]);
  expect(published).toEqual(Object.entries(catalogue).map(([code, { sentence }]) => [code, sentence]));
});

it('a coding of ours in an artefact is one of its CodeSystem, with the same display', () => {
  const wrong = [...texts(profiles, '.json')].flatMap(([file, text]) =>
    [...codingsIn(JSON.parse(text))].filter((coding) => !isPublished(coding)).map(({ code }) => `${file}: ${code}`),
  );
  expect(wrong).toEqual([]);
});

function isPublished({ system, code, display }: Coding): boolean {
  if (!system.startsWith(`${base}/`)) return true;
  const list = system.slice(`${base}/CodeSystem/`.length);
  // A programme is open: a course can name one that we do not know.
  const concept = codeSystems.get(list)?.concept.find((one) => one.code === code);
  return list === 'programme' || (concept !== undefined && (display === undefined || display === concept.display));
}

it('a code of ours that the mapping writes is published', () => {
  const written = [...texts(new URL('mapping/', src), '.ts').values()].flatMap((text) => [
    ...[...text.matchAll(/\bcomponent\('([^']+)'/g)].map(([, code]) => ['course-fact', code] as const),
    ...[...text.matchAll(/\bownCoding\('([^']+)', '([^']+)'/g)].map(([, list, code]) => [list ?? '', code] as const),
  ]);
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter(([list, code]) => !codesOf(list).includes(code ?? ''))).toEqual([]);
});

describe('standard codings', () => {
  const { 'snomed-codings': snomed = {}, 'standard-codings': others = {} } = Object.fromEntries(
    artefacts<Record<string, Record<string, Coding[]>>>('terminology'),
  );
  // What a Questionnaire is as a whole is no keyword.
  const { questionnaire: _, ...ofKeywords } = snomed;
  const listed = [ofKeywords, others].flatMap((file) =>
    Object.entries(file).flatMap(([list, codes]) =>
      Object.entries(codes).map(([code, codings]) => [list, code, codings] as const),
    ),
  );
  const rows = [...Map.groupBy(listed, ([list, code]) => `${list} ${code}`).values()].flatMap((same) =>
    same.slice(0, 1).map(([list, code]) => [list, code, same.flatMap(([, , codings]) => codings)] as const),
  );

  it('those of SNOMED CT, and no others, are in the file of SNOMED CT', () => {
    const isSnomed = ({ system }: Coding): boolean => system === 'http://snomed.info/sct';
    expect([...codingsIn(snomed)].length).toBeGreaterThan(30);
    expect([...codingsIn(snomed)].filter((coding) => !isSnomed(coding))).toEqual([]);
    expect([...codingsIn(others)].filter(isSnomed)).toEqual([]);
  });

  it('each is of a code that we have', () => {
    expect(rows.filter(([list, code]) => !codesOf(list).includes(code))).toEqual([]);
  });

  it.each(rows)('%s %s: the standard ones first, ours last', (list, code, codings) => {
    expect(keywordCodings(list, code)).toEqual([...codings, { system: `${base}/CodeSystem/${list}`, code }]);
  });

  it('one of a system each; but saturation, where R4 fixes one code and the method has another', () => {
    const twice = rows.filter(([, , codings]) => new Set(codings.map(({ system }) => system)).size < codings.length);
    expect(twice.map(([, code]) => code)).toEqual(['oxygenSaturation']);
  });

  it('a code that no list has is a coding of ours alone', () => {
    expect(keywordCodings('programme', 'elsewhere')).toEqual([
      { system: `${base}/CodeSystem/programme`, code: 'elsewhere' },
    ]);
  });
});
