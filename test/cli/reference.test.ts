import { describe, expect, test } from 'vitest';
import { rangeOf } from '../../src/definitions/score-range.ts';
import { readInstrument } from '../../src/definitions/instrument.ts';
import { fieldPlaces, maps } from '../../src/mapping/maps.ts';
import { run } from './command-line.ts';

describe('fields', () => {
  test('prints every field below its resource, and each resource once', async () => {
    const { code, out, err } = await run(['fields']);
    expect([code, err]).toEqual([0, []]);
    const resources = out.filter((line) => !line.startsWith(' '));
    expect(resources).toEqual([...new Set(maps.map(({ type, name }) => `${type} ${name}`))]);
    const rows = out.filter((line) => line.startsWith('  ')).map((line) => line.trim().split(/ {2,}/));
    expect(rows).toEqual(fieldPlaces.map(({ field, element }) => [field, element]));
  });

  test('says a place that the course format promises', async () => {
    const { out } = await run(['fields']);
    const start = out.indexOf('MedicationAdministration administration');
    const length = out.slice(start + 1).findIndex((line) => !line.startsWith(' '));
    const lines = out.slice(start + 1, start + 1 + length);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}sessions\.administrations\.amount +dosage\.dose/));
  });

  test('--json gives the same as one list', async () => {
    const { out } = await run(['fields', '--json']);
    expect(JSON.parse(out.join('\n'))).toEqual(fieldPlaces);
  });
});

describe('instruments', () => {
  test('lists each with its scores, their ranges and bands', async () => {
    const { code, out, err } = await run(['instruments']);
    expect([code, err]).toEqual([0, []]);
    const phq9 = out.findIndex((line) => line.startsWith('phq9 '));
    expect(out.slice(phq9, phq9 + 2)).toEqual([
      expect.stringMatching(/^phq9 +0\.1\.0 +10 +yes +Patient Health Questionnaire 9 \(PHQ-9\)$/),
      '  total  0 to 27  minimal 0 to 4, mild 5 to 9, moderate 10 to 14, moderatelySevere 15 to 19, severe 20 to 27',
    ]);
    expect(out).toContainEqual(expect.stringMatching(/^madrs +0\.1\.0 +10 +no /));
    expect(out).toContainEqual(expect.stringMatching(/^ {2}amnesia +as stated$/));
  });

  test('--json gives them as one list', async () => {
    const { out } = await run(['instruments', '--json']);
    const instruments = JSON.parse(out.join('\n')) as { key: string }[];
    expect(instruments.find(({ key }) => key === 'gad7')).toMatchObject({
      url: 'https://w3id.org/coursebridge/Questionnaire/gad7',
      items: 8,
      wording: true,
      scores: [{ key: 'total', range: { min: 0, max: 21 }, bands: { 3: { code: 'severe', min: 15, max: 21 } } }],
    });
    expect(instruments.find(({ key }) => key === 'cadss')).toMatchObject({ items: 0, wording: false });
  });

  test('every one of ours says whether its wording is contained', async () => {
    const { out } = await run(['instruments', '--json']);
    const instruments = JSON.parse(out.join('\n')) as { wording?: boolean }[];
    expect(instruments.map(({ wording }) => typeof wording)).toEqual(instruments.map(() => 'boolean'));
  });

  test('wording that a Questionnaire says nothing of is not known', () => {
    expect(readInstrument({ url: 'https://clinic.example.org/q' })).not.toHaveProperty('wording');
  });
});

describe('the range of a score', () => {
  const option = (weight: number) => ({
    valueCoding: {
      code: `c${weight}`,
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: weight }],
    },
  });
  const bound = (name: string, valueDecimal: number) => ({
    url: `http://hl7.org/fhir/StructureDefinition/${name}`,
    valueDecimal,
  });
  const own = (name: string, valueString: string) => ({
    url: `https://w3id.org/coursebridge/StructureDefinition/${name}`,
    valueString,
  });
  const rangeWith = (...items: object[]) => {
    const instrument = readInstrument({
      url: 'https://clinic.example.org/q',
      item: [
        ...items.map((item, index) => ({ linkId: `q${index}`, ...item })),
        { linkId: 'sum', readOnly: true, extension: items.map((_, index) => own('score-items', `q${index}`)) },
      ],
    });
    const [score] = instrument.scores;
    return score === undefined ? 'no score' : rangeOf(score, instrument);
  };
  const choice = (...weights: number[]) => ({ type: 'choice', answerOption: weights.map(option) });

  test.each([
    ['adds the least and the greatest weights', [choice(0, 1.5, 4), choice(4, -1, 2)], { min: -1, max: 8 }],
    ['has no rounding of binary', [choice(0.1, 1), choice(0.2, 1)], { min: 0.3, max: 2 }],
    [
      'takes limits, and options that are numbers',
      [
        { type: 'decimal', extension: [bound('minValue', 1), bound('maxValue', 10)] },
        { type: 'choice', answerOption: [{ valueInteger: 5 }, { valueInteger: 2 }] },
      ],
      { min: 3, max: 15 },
    ],
    ['is not known where an item has no limit', [choice(0, 1), { type: 'decimal' }], undefined],
    ['is not known where an item is not there', [{ type: 'group', linkId: 'other' }], undefined],
  ])('%s', (_, items, range) => {
    expect(rangeWith(...items)).toEqual(range);
  });
});
