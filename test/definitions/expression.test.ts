import * as fc from 'fast-check';
import { compile } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, it } from 'vitest';
import { shippedDefinitions, shippedInstruments } from '../../src/definitions/definitions.ts';
import { elementOf, elementsIn, extensions, textIn } from '../../src/definitions/elements.ts';
import type { InstrumentItem } from '../../src/definitions/instrument.ts';
import { bandOf, scoreOf, weightsOf } from '../../src/definitions/scoring.ts';
import { writeItems } from '../../src/mapping/items.ts';
import { answersOf, answersTo } from './answers.ts';

/** Two engines, one answer: the expression that we publish, run by another's engine, and our own scoring. */

const calculated = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';

function expressionOf(questionnaire: unknown, linkId: string): string | undefined {
  const item = elementsIn(elementOf(questionnaire), 'item').find((one) => one['linkId'] === linkId) ?? {};
  const [found = {}] = extensions(item, calculated);
  return textIn(elementOf(found['valueExpression']), 'expression');
}

const all = shippedInstruments.flatMap((questionnaire) => {
  const instrument = shippedDefinitions.instrument(textIn(elementOf(questionnaire), 'url') ?? '');
  if (instrument === undefined) throw new Error('an instrument is shipped and not known');
  return instrument.scores.map((score) => ({
    name: `${instrument.key} ${score.key}`,
    instrument,
    score,
    expression: expressionOf(questionnaire, score.linkId),
  }));
});

it('a score has an expression where it has items, and can only be stated where it has none', () => {
  const names = (stated: boolean) =>
    all.filter(({ expression }) => (expression === undefined) === stated).map(({ name }) => name);
  expect(names(false)).toEqual([
    'phq9 total',
    'gad7 total',
    'madrs total',
    'sfmpq sensory',
    'sfmpq affective',
    'sfmpq vas',
    'sfmpq ppi',
    'sfmpq total',
  ]);
  expect(names(true)).toEqual(all.filter(({ score }) => score.items.length === 0).map(({ name }) => name));
});

describe.each(all.filter(({ expression }) => expression !== undefined))(
  '$name',
  ({ instrument, score, expression }) => {
    const theirs = compile(expression ?? '', r4);

    it.each([
      ['a complete', true],
      ['any', false],
    ])('its expression gives our score for %s response, as we write it', (_, complete) => {
      fc.assert(
        fc.property(answersOf(instrument, complete), (answers) => {
          const ours = scoreOf(score, weightsOf(instrument, answers));
          const item = writeItems(answers, instrument, { zone: undefined });
          const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item };
          expect(theirs(response, { resource: response })).toEqual(ours === undefined ? [] : [ours]);
          if (complete) expect(ours).toBeDefined();
        }),
      );
    });
  },
);

it.each(all.filter(({ score }) => score.bands.length > 0))(
  '$name: its bands follow one another from the smallest score to the largest',
  ({ instrument, score: { bands, items } }) => {
    const answers = items.map((linkId) => weightsAt(instrument.items.get(linkId)));
    const sum = (pick: (...values: number[]) => number): number =>
      answers.reduce((so, values) => so + pick(...values), 0);
    expect(bands.map(({ min }) => min)).toEqual([sum(Math.min), ...bands.slice(0, -1).map(({ max }) => max + 1)]);
    expect(bands.at(-1)?.max).toBe(sum(Math.max));
  },
);

const weightsAt = (item: InstrumentItem | undefined): number[] =>
  item === undefined ? [] : answersTo(item).flatMap(({ value }) => (typeof value === 'number' ? value : []));

// The limits are of domain/terminology.md, section 1.
describe.each([
  ['phq9 total', { minimal: [0, 4], mild: [5, 9], moderate: [10, 14], moderatelySevere: [15, 19], severe: [20, 27] }],
  ['gad7 total', { minimal: [0, 4], mild: [5, 9], moderate: [10, 14], severe: [15, 21] }],
  ['madrs total', { none: [0, 6], mild: [7, 19], moderate: [20, 34], severe: [35, 60] }],
  ['sfmpq vas', { none: [0, 4], mild: [5, 44], moderate: [45, 74], severe: [75, 100] }],
])('the bands of %s', (name, bands) => {
  const score = all.find((one) => one.name === name)?.score;
  const band = (value: number) => score && bandOf(score, value)?.code;
  const limits = Object.entries(bands);

  it.each(limits)('%s is from %j, both ends included', (code, ends) => {
    expect(ends.map(band)).toEqual([code, code]);
  });

  it('are these and no more', () => {
    expect(score?.bands.map(({ coding }) => coding.code)).toEqual(limits.map(([code]) => code));
    expect([band(-1), band((limits.at(-1)?.[1][1] ?? 0) + 1)]).toEqual([undefined, undefined]);
  });
});

it('no other score has bands', () => {
  expect(all.filter(({ score }) => score.bands.length > 0).map(({ name }) => name)).toEqual([
    'phq9 total',
    'gad7 total',
    'madrs total',
    'sfmpq vas',
  ]);
});
