import { describe, expect, it } from 'vitest';
import { readDefinitions, shippedDefinitions, shippedInstruments } from '../../src/definitions/definitions.ts';
import { itemCalled, readInstrument, type Instrument } from '../../src/definitions/instrument.ts';
import { scoreOf, weightsOf } from '../../src/definitions/scoring.ts';
import { item, pain, score, system } from './questionnaires.ts';

describe('PHQ-9', () => {
  const phq9 = shippedDefinitions.instrument('phq9');

  it('is known by its keyword and by its url', () => {
    expect(phq9).toMatchObject({ key: 'phq9', version: '0.1.0' });
    expect(shippedDefinitions.instrument('https://w3id.org/coursebridge/Questionnaire/phq9')).toBe(phq9);
  });

  it('has nine items by weight, in the order of the form, and the difficulty by code', () => {
    expect([...(phq9?.items.values() ?? [])].map(({ linkId, answeredBy }) => [linkId, answeredBy])).toEqual([
      ...phq9Items.map((linkId) => [linkId, 'value']),
      ['69722-7', 'code'],
    ]);
    expect(phq9?.items.get('44250-9')?.options.map(({ weight }) => weight)).toEqual([0, 1, 2, 3]);
  });

  it('has one score, over the nine', () => {
    expect(phq9?.scores.map(({ key, linkId, items }) => [key, linkId, items])).toEqual([
      ['total', '44261-6', phq9Items],
    ]);
    expect(phq9?.scores[0]?.codings[0]).toMatchObject({ system: 'http://loinc.org', code: '44261-6' });
  });

  it('asks for attention from the last item', () => {
    expect(phq9?.safety).toEqual([{ linkId: '44260-8', from: 1 }]);
  });
});

const phq9Items = '44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8'.split(' ');

describe('any Questionnaire', () => {
  const instrument = readInstrument(pain);
  const of = (linkId: string) => instrument.items.get(linkId);

  it('is called by its url where it has no keyword of ours', () => {
    expect(instrument).toMatchObject({ key: pain.url, url: pain.url, version: '2', title: 'Pain' });
  });

  it('gives the items that a course can answer, with the field of each', () => {
    expect([...instrument.items.values()].map(({ linkId, answeredBy }) => `${linkId} ${answeredBy}`)).toEqual([
      's1 value',
      's2 value',
      's3 value',
      'why text',
      'a1 value',
      'a2 value',
      'kind code',
      'other code',
      'any code',
      'day time',
      'again yes',
      'since time',
      'how text',
    ]);
  });

  it('knows the groups and questions around an item', () => {
    expect(of('s3')?.path).toEqual(['sensory', 'inner']);
    expect(of('kind')?.path).toEqual([]);
    expect(of('how')?.path).toEqual(['again', 'worse']);
  });

  it('knows an item by the linkId that LHC-Forms would give it', () => {
    const called = (linkId: string) => itemCalled(instrument, linkId)?.linkId;
    expect(['s3', '/s3', '/sensory/inner/s3'].map(called)).toEqual(['s3', 's3', 's3']);
    expect(['', '/', 's3/', '/s4', 'sensory/s3', '/about', '/sensory-score'].map(called)).toEqual(
      Array.from({ length: 7 }),
    );
  });

  it('takes an integer option as its own weight, and a numeric answer within its limits', () => {
    expect(of('s1')).toMatchObject({ type: 'integer', numbers: [0, 1, 2, 3], options: [] });
    expect(of('s2')).toMatchObject({ min: 0, max: 3 });
  });

  it('asks for the code where two options share a weight, or one has none', () => {
    expect(of('a2')?.options.map(({ code, answeredBy }) => [code, answeredBy])).toEqual([
      ['none', 'value'],
      ['left', 'code'],
      ['right', 'code'],
      ['na', 'code'],
    ]);
  });

  it('sums a group, and the subscores; a score that sums nothing is only stated', () => {
    expect(instrument.scores.map(({ key, items }) => [key, items])).toEqual([
      ['mood', []],
      ['sensory', ['s1', 's2', 's3']],
      ['affective', ['a1', 'a2']],
      ['total', ['s1', 's2', 's3', 'a1', 'a2']],
    ]);
  });

  it('scores exactly, halves and codes included, and not at all where an item is missing', () => {
    const answers = [
      { linkId: 's1', value: 2 },
      { linkId: 's2', value: 1 },
      { linkId: 's3', value: 7.5 },
      { linkId: 'a1', value: 0.5 },
      { linkId: 'a2', code: { system, code: 'right' } },
    ];
    expect(scores(instrument, answers)).toEqual([undefined, 10.5, 1.5, 12]);
    expect(scores(instrument, answers.slice(1))).toEqual([undefined, undefined, 1.5, undefined]);
    expect(scores(instrument, [...answers.slice(0, 4), { linkId: 'a2', code: { system, code: 'na' } }])).toEqual([
      undefined,
      10.5,
      undefined,
      undefined,
    ]);
  });

  it('has no score where a score sums itself or an item that is not there', () => {
    const odd = readInstrument({
      ...pain,
      item: [
        item('q', 'integer'),
        score('a', undefined, 'q', 'b'),
        score('b', undefined, 'a'),
        score('c', 'c', 'gone'),
      ],
    });
    expect(odd.scores.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(scores(odd, [{ linkId: 'q', value: 1 }])).toEqual([undefined, undefined, undefined]);
  });

  it('has no score in an item that can be answered, or that names neither a key nor what it sums', () => {
    const odd = readInstrument({
      ...pain,
      item: [item('q', 'integer'), { ...score('a', 'a', 'q'), readOnly: false }, score('b', undefined)],
    });
    expect(odd.scores).toEqual([]);
    expect([...odd.items.keys()]).toEqual(['q', 'a']);
  });

  it.each([[undefined], [null], ['text'], [{}], [{ resourceType: 'Questionnaire', item: [null, { linkId: 1 }] }]])(
    'reads %j without a fault',
    (value) => {
      expect(readInstrument(value).items.size).toBe(0);
    },
  );
});

const scores = (instrument: Instrument, answers: Parameters<typeof weightsOf>[1]) =>
  instrument.scores.map((one) => scoreOf(one, weightsOf(instrument, answers)));

describe('definitions of a site', () => {
  it('stand beside ours, and instead of ours where they have the same url', () => {
    const url = shippedDefinitions.instrument('phq9')?.url;
    const definitions = readDefinitions([...shippedInstruments, pain, { ...pain, url, title: 'Theirs' }, { url: 'x' }]);
    expect(definitions.instrument(pain.url)?.title).toBe('Pain');
    expect(definitions.instrument(url ?? '')?.title).toBe('Theirs');
    expect(definitions.instrument('x')).toBeUndefined();
    expect(definitions.instruments.map(({ title }) => title)).toEqual([
      'Theirs',
      ...shippedDefinitions.instruments.slice(1).map(({ title }) => title),
      'Pain',
    ]);
  });

  it('take the keyword of ours too, whichever url they have', () => {
    const code = [{ system: 'https://w3id.org/coursebridge/CodeSystem/instrument', code: 'kset-acute' }];
    const definitions = readDefinitions([...shippedInstruments, { ...pain, code }]);
    expect(definitions.instrument('kset-acute')?.title).toBe('Pain');
    expect(definitions.instrument('https://w3id.org/coursebridge/Questionnaire/kset-acute')?.title).toContain('KSET');
  });
});
