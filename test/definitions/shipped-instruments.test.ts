import { describe, expect, it } from 'vitest';
import { keywords } from '../../src/course/keywords.ts';
import { shippedDefinitions, shippedInstruments } from '../../src/definitions/definitions.ts';
import { readInstrument } from '../../src/definitions/instrument.ts';
import { ownCoding } from '../../src/mapping/codings.ts';
import { codesOf, codingsIn } from './artefacts.ts';

/** What the instruments that we ship have in common, and what each is made of. */

const { instruments } = shippedDefinitions;
const itemsOf = (key: string) => [...(shippedDefinitions.instrument(key)?.items.values() ?? [])];
const linkIdsOf = (key: string) => itemsOf(key).map(({ linkId }) => linkId);

it('every keyword has its instrument, in the same order', () => {
  expect(instruments.map(({ key }) => key)).toEqual(keywords.instrument);
  expect(keywords.instrument.map((key) => shippedDefinitions.instrument(key)?.key)).toEqual(keywords.instrument);
});

it('each kind of answer is asked for somewhere', () => {
  const kinds = new Set(instruments.flatMap(({ items }) => [...items.values()].map(({ answeredBy }) => answeredBy)));
  expect([...kinds].toSorted()).toEqual(['code', 'text', 'time', 'value', 'yes']);
});

// A Code of the course format is never one of a system of ours, which is what a keyword becomes in FHIR.
it('no answer is a code of ours', () => {
  const byCode = instruments
    .flatMap(({ items }) => [...items.values()].flatMap(({ options }) => options))
    .filter(({ answeredBy }) => answeredBy === 'code');
  expect(new Set(byCode.map(({ system }) => system))).toEqual(new Set(['http://loinc.org']));
});

it.each(shippedInstruments.map((one) => [readInstrument(one).key, one] as const))(
  '%s: each linkId once, and no item is required',
  (_, questionnaire) => {
    const items = [...itemsIn(questionnaire)];
    const linkIds = items.map(({ linkId }) => linkId);
    expect(new Set(linkIds).size).toBe(linkIds.length);
    expect(items.filter(({ required }) => required === true)).toEqual([]);
  },
);

it('each code of instrument-item is an item or a score, and the linkId of one', () => {
  const used = shippedInstruments
    .flatMap((one) => [...codingsIn(one)])
    .filter(({ system }) => system.endsWith('-item'));
  expect([...new Set(used.map(({ code }) => code))].toSorted()).toEqual(codesOf('instrument-item').toSorted());
});

describe.each(
  shippedInstruments.flatMap((one) => {
    const { key, scores } = readInstrument(one);
    return scores.map((score) => ({ name: `${key} ${score.key}`, questionnaire: one, score }));
  }),
)('$name', ({ questionnaire, score }) => {
  const item = [...itemsIn(questionnaire)].find(({ linkId }) => linkId === score.linkId);
  const valuesOf = (name: string) =>
    item?.extension?.filter(({ url }) => url.endsWith(`/${name}`)).map(({ url: _, ...value }) => value);

  it('is extracted as the Observation that we write', () => {
    const kind = score.key === 'total' ? 'total' : 'subscore';
    expect(item?.code).toEqual([...score.codings, expect.objectContaining(ownCoding('observation', kind))]);
    expect(score.codings.map(({ system }) => system)).not.toContain(ownCoding('observation', kind).system);
    expect(valuesOf('sdc-questionnaire-observationExtract')).toEqual([{ valueBoolean: true }]);
    expect(valuesOf('sdc-questionnaire-observation-extract-category')).toMatchObject([
      { valueCodeableConcept: { coding: [{ code: 'survey' }] } },
    ]);
    expect(valuesOf('questionnaire-unit')).toMatchObject([{ valueCoding: { code: '{score}' } }]);
  });
});

describe('MADRS', () => {
  it('has ten ratings from 0 to 6, odd ones too', () => {
    expect(itemsOf('madrs').map(({ linkId, type, min, max }) => [linkId, type, min, max])).toEqual(
      Array.from({ length: 10 }, (_, index) => [`madrs-${String(index + 1).padStart(2, '0')}`, 'integer', 0, 6]),
    );
  });
});

describe('SF-MPQ', () => {
  it('has eleven sensory and four affective descriptors, the scale in millimetres and the present pain', () => {
    const {
      sensory = [],
      affective = [],
      '': alone = [],
    } = Object.groupBy(itemsOf('sfmpq'), ({ path }) => path.join());
    expect([sensory.length, affective.length]).toEqual([11, 4]);
    expect([...sensory, ...affective].every(({ min, max }) => min === 0 && max === 3)).toBe(true);
    expect(alone.map(({ linkId, type, max }) => [linkId, type, max])).toEqual([
      ['38214-3', 'decimal', 100],
      ['sfmpq-ppi', 'integer', 5],
    ]);
  });
});

describe('KSET', () => {
  it('asks for every adverse effect before and after a treatment', () => {
    const effects = keywords['adverse-effect'];
    const ofEffects = (form: string) => effects.map((effect) => `${form}-${effect}`);
    expect(linkIdsOf('kset-baseline')).toEqual([...ofEffects('kset-baseline'), 'kset-baseline-note']);
    expect(linkIdsOf('kset-acute')).toEqual([...ofEffects('kset-acute'), 'kset-acute-tolerability', 'kset-acute-note']);
    const severities = itemsOf('kset-acute').flatMap(({ options }) => options.map(({ weight }) => weight));
    expect(severities).toEqual(effects.flatMap(() => [0, 1, 2, 3]));
  });

  it('asks for every contraindication at the screening', () => {
    expect(linkIdsOf('kset-screening')).toEqual([
      ...keywords.contraindication.map((one) => `kset-screening-${one}`),
      'kset-screening-note',
    ]);
  });

  it('asks for what lasts at the follow-up', () => {
    const lasting = ['urinary', 'ketamineMisuse', 'suicidalIdeation', 'dissociation', 'psychotomimetic', 'confusion'];
    expect(linkIdsOf('kset-followup')).toEqual(
      ['lastTreatment', ...lasting, 'moodElevation', 'tolerability', 'note'].map((name) => `kset-followup-${name}`),
    );
    expect(shippedDefinitions.instrument('kset-followup')?.items.get('kset-followup-lastTreatment')?.type).toBe('date');
  });

  it('has no total', () => {
    const forms = instruments.filter(({ key }) => key.startsWith('kset-'));
    expect(forms.map(({ scores }) => scores)).toEqual([[], [], [], []]);
  });
});

describe('a translation', () => {
  const translation = (text: unknown) => ({
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/translation',
        extension: [
          { url: 'lang', valueCode: 'nb' },
          { url: 'content', valueString: `${String(text)} (nb)` },
        ],
      },
    ],
  });

  /** The same with a translation beside every title, text and display. */
  const translated = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(translated);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]): [string, unknown][] => [
        [name, translated(inner)],
        ...(['title', 'text', 'display'].includes(name) ? [[`_${name}`, translation(inner)] as [string, unknown]] : []),
      ]),
    );
  };

  it.each(shippedInstruments.map((one) => [readInstrument(one).key, one]))('of %s changes nothing', (_, one) => {
    const other = translated(one);
    expect(JSON.stringify(other)).toContain(' (nb)');
    expect(readInstrument(other)).toEqual(readInstrument(one));
  });
});

interface Item {
  readonly linkId: string;
  readonly code?: readonly object[];
  readonly extension?: readonly { readonly url: string }[];
  readonly required?: boolean;
}

function* itemsIn(parent: unknown): Generator<Item> {
  for (const item of (parent as { item?: readonly Item[] }).item ?? []) {
    yield item;
    yield* itemsIn(item);
  }
}
