import { describe, expect, it, test } from 'vitest';
import { checkAnswers, type DraftAssessment } from '../../src/definitions/check-answers.ts';
import { readDefinitions, shippedInstruments } from '../../src/definitions/definitions.ts';
import { jsonNumber } from '../../src/json/json.ts';
import { pain, system } from './questionnaires.ts';

const definitions = readDefinitions([...shippedInstruments, pain]);
const at = 'TreatmentCourse.assessments[0]';

/** The issues as `code place`, the assessment's own place left out. */
const faults = (assessment: DraftAssessment): string[] =>
  checkAnswers(assessment, at, definitions).map((issue) => `${issue.code} ${issue.at.slice(at.length)}`);

type Items = NonNullable<DraftAssessment['items']>;
const phq9 = (...items: Items) => faults({ instrument: 'phq9', items });
const painful = (...items: Items) => faults({ instrument: pain.url, items });
const coded = (code: string, of = system) => ({ system: of, code });

const complete = '44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8'
  .split(' ')
  .map((linkId) => ({ linkId, value: linkId === '44260-8' ? 0 : 2 }));

describe('the instrument', () => {
  test.each([
    ['phq9', []],
    ['https://w3id.org/coursebridge/Questionnaire/phq9', []],
    ['madrs', []],
    ['https://hospital.test/Questionnaire/unknown', ['unknown-instrument .instrument']],
    [undefined, []],
  ])('%s', (instrument, expected) => {
    expect(faults({ instrument, items: [] })).toEqual(expected);
  });

  it('is not known: its answers cannot be judged', () => {
    const given = { instrument: 'https://hospital.test/x', items: [{ linkId: 'x', value: 99 }], statedTotal: 9 };
    expect(faults(given)).toEqual(['unknown-instrument .instrument']);
  });
});

describe('good answers', () => {
  it('a complete PHQ-9 with its total, however it is written', () => {
    for (const statedTotal of [16, jsonNumber('16.0')]) {
      expect(faults({ instrument: 'phq9', items: complete, statedTotal })).toEqual([]);
    }
  });

  it('some answers, none, and what is left of a faulty one', () => {
    expect(phq9({ linkId: '44250-9', value: 3 })).toEqual([]);
    expect(faults({ instrument: 'phq9', items: undefined })).toEqual([]);
    expect(phq9(undefined, {}, { linkId: '44250-9' }, { linkId: '44255-8', value: 1, yes: true })).toEqual([]);
    expect(phq9({ linkId: '69722-7', code: { system: 'http://loinc.org', code: undefined } })).toEqual([]);
  });

  it('of every kind', () => {
    expect(
      painful(
        { linkId: 's1', value: 3 },
        { linkId: 's2', value: 0 },
        { linkId: 's3', value: jsonNumber('7.50') },
        { linkId: 'why', text: 'a fall' },
        { linkId: 'a1', value: 0.5 },
        { linkId: 'a2', code: coded('left') },
        { linkId: 'kind', code: coded('dull') },
        { linkId: 'other', text: 'like fire' },
        { linkId: 'any', code: coded('anything', 'urn:oid:2.16.578.1') },
        { linkId: 'day', time: '2026-01' },
        { linkId: 'again', yes: false },
        { linkId: 'since', time: '2026-01-05' },
        { linkId: 'how', text: 'at night' },
      ),
    ).toEqual([]);
  });

  it('an open choice takes an option, another code or a text', () => {
    expect(painful({ linkId: 'other', code: coded('burning') })).toEqual([]);
    expect(painful({ linkId: 'other', code: coded('stinging') })).toEqual([]);
  });
});

describe('faults of an answer', () => {
  test.each([
    ['an item that the instrument does not have', { linkId: '44250-8', value: 1 }, 'unknown-item .items[0].linkId'],
    ['the total, which is computed', { linkId: '44261-6', value: 1 }, 'unknown-item .items[0].linkId'],
    ['a text to show', { linkId: 'introduction', text: 'a' }, 'unknown-item .items[0].linkId'],
    ['a weight too large', { linkId: '44250-9', value: 4 }, 'answer-out-of-range .items[0].value'],
    ['a weight below', { linkId: '44250-9', value: -1 }, 'answer-out-of-range .items[0].value'],
    ['a weight between', { linkId: '44250-9', value: 1.5 }, 'answer-out-of-range .items[0].value'],
    ['2.0 for a coded item', { linkId: '44250-9', value: jsonNumber('2.0') }, 'answer-out-of-range .items[0].value'],
    ['2e0 for a coded item', { linkId: '44250-9', value: jsonNumber('2e0') }, 'answer-out-of-range .items[0].value'],
    [
      'the code of a weight',
      { linkId: '44250-9', code: coded('LA6570-1', 'http://loinc.org') },
      'wrong-answer-type .items[0].code',
    ],
    ['a text for a weight', { linkId: '44250-9', text: '2' }, 'wrong-answer-type .items[0].text'],
    ['a time for a weight', { linkId: '44250-9', time: '2026' }, 'wrong-answer-type .items[0].time'],
    ['a yes for a weight', { linkId: '44250-9', yes: true }, 'wrong-answer-type .items[0].yes'],
    ['a value for a code', { linkId: '69722-7', value: 1 }, 'wrong-answer-type .items[0].value'],
    [
      'the code of another item',
      { linkId: '69722-7', code: coded('LA6570-1', 'http://loinc.org') },
      'answer-out-of-range .items[0].code',
    ],
    [
      'the code in another system',
      { linkId: '69722-7', code: coded('LA6572-7') },
      'answer-out-of-range .items[0].code',
    ],
  ])('PHQ-9: %s', (_, given, expected) => {
    expect(phq9(given)).toEqual([expected]);
  });

  test.each([
    ['a number that is not offered', { linkId: 's1', value: 4 }, 'answer-out-of-range .items[0].value'],
    ['2.0 for an integer', { linkId: 's2', value: jsonNumber('2.0') }, 'answer-out-of-range .items[0].value'],
    ['a number below the limit', { linkId: 's2', value: -1 }, 'answer-out-of-range .items[0].value'],
    ['a number above the limit', { linkId: 's3', value: 10.1 }, 'answer-out-of-range .items[0].value'],
    ['the value of a shared weight', { linkId: 'a2', value: 1 }, 'wrong-answer-type .items[0].value'],
    ['the code of a weight of its own', { linkId: 'a2', code: coded('none') }, 'wrong-answer-type .items[0].code'],
    ['a moment for a date', { linkId: 'since', time: '2026-01-05T09:30:00Z' }, 'answer-out-of-range .items[0].time'],
    ['a local time for a date', { linkId: 'since', time: '2026-01-05T09:30' }, 'answer-out-of-range .items[0].time'],
    ['a text for a choice', { linkId: 'kind', text: 'dull' }, 'wrong-answer-type .items[0].text'],
    ['a code for a number', { linkId: 's2', code: coded('1') }, 'wrong-answer-type .items[0].code'],
    ['a file', { linkId: 'file', text: 'a' }, 'unknown-item .items[0].linkId'],
    ['what is below a file', { linkId: 'caption', text: 'a' }, 'unknown-item .items[0].linkId'],
    ['a group', { linkId: 'sensory', value: 1 }, 'unknown-item .items[0].linkId'],
  ])('another instrument: %s', (_, given, expected) => {
    expect(painful(given)).toEqual([expected]);
  });

  it('the same item twice, the good and the bad ones each at its place', () => {
    expect(
      phq9(
        { linkId: '44255-8', value: 1 },
        { linkId: '44250-9', value: 9 },
        { linkId: '44255-8', value: 1 },
        { linkId: 'x', yes: true },
      ),
    ).toEqual(['answer-out-of-range .items[1].value', 'item-twice .items[2].linkId', 'unknown-item .items[3].linkId']);
  });
});

describe('the items on suicidal thoughts', () => {
  test.each([
    ['madrs', 'madrs-10'],
    ['kset-baseline', 'kset-baseline-suicidalIdeation'],
    ['kset-acute', 'kset-acute-suicidalIdeation'],
    ['kset-followup', 'kset-followup-suicidalIdeation'],
  ])('of %s', (instrument, linkId) => {
    const codes = [0, 1, 3].map((value) => faults({ instrument, items: [{ linkId, value }] }));
    expect(codes).toEqual([[], ['safety-item .items[0].value'], ['safety-item .items[0].value']]);
  });

  test.each([
    [0, []],
    [1, ['safety-item .items[0].value']],
    [3, ['safety-item .items[0].value']],
    [4, ['answer-out-of-range .items[0].value']],
  ])('PHQ-9: %d', (value, expected) => {
    expect(phq9({ linkId: '44260-8', value })).toEqual(expected);
  });
});

describe('stated scores', () => {
  it('a total that the answers do not give', () => {
    expect(faults({ instrument: 'phq9', items: complete, statedTotal: 15 })).toEqual([
      'stated-total-differs .statedTotal',
    ]);
  });

  it('nothing to compare with where an answer is missing or faulty', () => {
    expect(faults({ instrument: 'phq9', items: complete.slice(1), statedTotal: 5 })).toEqual([]);
    const faulty = complete.map((one, index) => (index === 0 ? { ...one, value: 7 } : one));
    expect(faults({ instrument: 'phq9', items: faulty, statedTotal: 5 })).toEqual([
      'answer-out-of-range .items[0].value',
    ]);
  });

  it('subscores: known ones are compared, an unknown or repeated one is a fault', () => {
    const items = [
      { linkId: 's1', value: 1 },
      { linkId: 's2', value: 1 },
      { linkId: 's3', value: 0.1 },
    ];
    const statedSubscores = [
      { key: 'sensory', value: 2.1 },
      { key: 'sensory', value: 2.1 },
      { key: 'total', value: 1 },
      { key: 'social', value: 1 },
      undefined,
    ];
    expect(faults({ instrument: pain.url, items, statedSubscores })).toEqual([
      'item-twice .statedSubscores[1].key',
      'unknown-item .statedSubscores[2].key',
      'unknown-item .statedSubscores[3].key',
    ]);
    expect(faults({ instrument: pain.url, items, statedSubscores: [{ key: 'sensory', value: 2 }] })).toEqual([
      'stated-total-differs .statedSubscores[0].value',
    ]);
  });
});

describe('scores without items', () => {
  it('are stated, and there is nothing to compare them with', () => {
    const statedSubscores = [{ key: 'amnesia', value: 0 }];
    expect(faults({ instrument: 'cadss', items: [], statedTotal: 12, statedSubscores })).toEqual([]);
    expect(faults({ instrument: 'cadss', statedSubscores: [{ key: 'social', value: 1 }] })).toEqual([
      'unknown-item .statedSubscores[0].key',
    ]);
  });
});

it('no issue says what was received', () => {
  const issues = checkAnswers(
    { instrument: 'phq9', items: [{ linkId: 'MARKER', text: 'MARKER' }, ...complete, ...complete], statedTotal: 5 },
    at,
    definitions,
  );
  expect(JSON.stringify(issues)).not.toContain('MARKER');
  expect(issues.every(({ facts }) => facts === undefined)).toBe(true);
});
