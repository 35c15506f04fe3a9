import { describe, expect, it } from 'vitest';
import { courseJsonSchema } from '../../src/course/schema.ts';
import { keywords } from '../../src/course/keywords.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { keywordCodings } from '../../src/definitions/terminology.ts';
import { codesOf, codingsIn, profiles, texts, type Coding } from '../definitions/artefacts.ts';
import { terminology } from './shared.ts';

/** What we publish against what is known of each code: the terminology notes give a status to each. */

interface Known extends Coding {
  readonly status: string;
}
interface Entry {
  readonly key: string;
  readonly [more: string]: unknown;
}
interface Facts {
  readonly units?: readonly { readonly code: string; readonly status: string }[];
  readonly medication?: Readonly<Record<string, unknown>>;
  readonly instruments?: Readonly<Record<string, unknown>>;
  readonly [list: string]: unknown;
}

const notes = terminology();
const withNotes = it.skipIf(notes === undefined);
const facts = (notes ?? {}) as Facts;
const known = [...(codingsIn(facts) as Iterable<Known>)];
const isVerified = ({ system, code }: Coding): boolean =>
  known.some((one) => one.system === system && one.code === code && one.status === 'verified');

// Those of FHIR itself are for its validator, units are checked below, examples say what a clinic might say, and `r4` is
// what HL7 says.
const elsewhere =
  /^https:\/\/w3id\.org\/|^http:\/\/terminology\.hl7\.org\/|^http:\/\/hl7\.org\/fhir\/(?!sid\/)|unitsofmeasure/;
const published = [...texts(profiles, '.json')]
  .filter(([file]) => !file.startsWith('examples/') && !file.startsWith('r4/'))
  .flatMap(([file, text]) => [...codingsIn(JSON.parse(text))].map((coding) => ({ file, ...coding })));

withNotes('each published code of a standard is verified', () => {
  const ofStandards = published.filter(({ system }) => !elsewhere.test(system));
  expect(ofStandards.length).toBeGreaterThan(100);
  expect(ofStandards.filter((coding) => !isVerified(coding)).map(({ file, code }) => `${file}: ${code}`)).toEqual([]);
});

describe('units', () => {
  // The notes list what this treatment needs. HL7's validator reads every unit of the schema in `test:judge`.
  const ofOtherClinics = ['g', '[lb_av]', '[degF]'];
  const ofOtherMedication = '[drp] [iU] g/d meq mg/d mmol ng ug ug/h {capsule} {patch} {puff} {tablet} {tbl}'.split(
    ' ',
  );

  withNotes('each of the schema and of what we publish is listed', () => {
    const listed = (facts.units ?? []).filter(({ status }) => status === 'verified').map(({ code }) => code);
    const used = new Set([
      ...unitsIn(courseJsonSchema()),
      ...published.filter(({ system }) => system.includes('unitsofmeasure')).map(({ code }) => code),
    ]);
    const others = [...ofOtherClinics, ...ofOtherMedication];
    expect([...used].filter((unit) => !listed.includes(unit)).toSorted()).toEqual(others.toSorted());
    expect(used.has('mm[Hg]') && used.has('mm')).toBe(true);
  });
});

/** The units that a JSON Schema offers. */
function* unitsIn(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [name, inner] of Object.entries(schema)) {
    if (name === 'unit') yield* (inner as { enum?: string[] }).enum ?? [];
    yield* unitsIn(inner);
  }
}

describe('keywords', () => {
  /** Which list of ours has the keys of which list of the notes, and those that are called otherwise. */
  const lists: Readonly<Record<string, { ours: string; keys?: Readonly<Record<string, string>> }>> = {
    vitals: { ours: 'observation', keys: { spo2: 'oxygenSaturation' } },
    routes: { ours: 'route' },
    diagnoses: { ours: 'diagnosis' },
    contraindications: { ours: 'contraindication' },
    adverseEffects: { ours: 'adverse-effect' },
    psychotherapy: { ours: 'modality' },
    outcomes: { ours: 'outcome-category' },
  };

  /** Our own code stands alone although there is a verified one: that one says something else. */
  const nearMisses: Readonly<Record<string, string>> = {
    'contraindication maniaOrHypomania': 'the codes are of mania and of hypomania, and either would say which',
    'contraindication activeSubstanceUse': 'the codes are of abuse and dependence, which are diagnoses; use is none',
    'adverse-effect urinary': 'the codes are of cystitis and of dysuria, and either would say which',
  };

  const rows = Object.entries(lists).flatMap(([list, { ours, keys }]) =>
    ((facts[list] ?? []) as readonly Entry[])
      .map((entry) => ({ entry, keyword: keys?.[entry.key] ?? entry.key }))
      .filter(({ keyword }) => codesOf(ours).includes(keyword))
      .map(({ entry, keyword }) => ({ name: `${ours} ${keyword}`, entry, codings: keywordCodings(ours, keyword) })),
  );
  const medicines = [
    ['ketamineRacemic', 'ketamine'],
    ['esketamine', 'esketamine'],
  ].map(([name = '', keyword = '']) => ({
    name: `substance ${keyword}`,
    entry: { key: keyword, codes: facts.medication?.[name] },
    codings: keywordCodings('substance', keyword),
  }));

  withNotes('of each list of the notes are in ours', () => {
    const keywordsOf = (ours: string) => rows.filter(({ name }) => name.startsWith(`${ours} `)).length;
    expect(keywordsOf('route')).toBe(keywords.route.length);
    expect(keywordsOf('diagnosis')).toBe(keywords.diagnosis.length);
    expect(keywordsOf('contraindication')).toBe(keywords.contraindication.length);
    expect(keywordsOf('adverse-effect')).toBe(keywords['adverse-effect'].length);
    expect(keywordsOf('modality')).toBe(keywords.modality.length);
    expect(keywordsOf('outcome-category')).toBe(3);
    expect(keywordsOf('observation')).toBe(7);
  });

  withNotes.each([...rows, ...medicines])('$name', ({ name, entry, codings }) => {
    const found = [...statusesIn(entry)];
    // What comes after it is a parent, a neighbour, or another system.
    const isLocal = found[0]?.status === 'local' || found[0]?.status === 'none-found';
    const verified = found.filter(({ status, code }) => status === 'verified' && code !== undefined);
    const [first] = codings;
    const isAlone = codings.length === 1;
    expect(isAlone).toBe(isLocal || verified.length === 0 || name in nearMisses);
    if (!isAlone) {
      expect(verified.map(({ system, code }) => `${system} ${code}`)).toContain(`${first?.system} ${first?.code}`);
    }
  });

  withNotes('each near miss is one', () => {
    expect(Object.keys(nearMisses).filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
  });
});

/** Everything with a status in an entry of the notes, an entry of a local code included. */
function* statusesIn(value: unknown): Generator<Partial<Known>> {
  if (typeof value !== 'object' || value === null) return;
  if ('status' in value) yield value as Partial<Known>;
  for (const inner of Object.values(value)) yield* statusesIn(inner);
}

describe('instruments', () => {
  interface Listed {
    readonly items?: readonly { readonly code: string }[];
    readonly total?: { readonly code: string };
    readonly vas?: { readonly code: string };
    readonly ppi?: { readonly code: string };
    readonly difficulty?: { readonly code: string };
  }

  withNotes.each(['phq9', 'gad7', 'madrs', 'sfmpq'])('%s: the linkIds are the codes of the notes', (key) => {
    const { items = [], vas, ppi, difficulty, total } = (facts.instruments?.[key] ?? {}) as Listed;
    const instrument = shippedDefinitions.instrument(key);
    const listed = [...items, difficulty, vas, ppi].flatMap((one) => one?.code ?? []);
    expect([...(instrument?.items.keys() ?? [])]).toEqual(listed);
    const score = instrument?.scores.find((one) => one.key === 'total');
    expect(score?.linkId).toBe(total?.code ?? 'sfmpq-total');
    expect(score?.codings[0]?.code).toBe(score?.linkId);
  });
});
