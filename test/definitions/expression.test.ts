import * as fc from 'fast-check';
import { evaluate } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, it } from 'vitest';
import { shippedDefinitions, shippedInstruments } from '../../src/definitions/definitions.ts';
import { elementOf, elementsIn, extensions, textIn } from '../../src/definitions/elements.ts';
import type { Instrument, InstrumentItem } from '../../src/definitions/instrument.ts';
import { bandOf, scoreOf } from '../../src/definitions/scoring.ts';

/** Two engines, one answer: the expression that we publish, run by another's engine, and our own scoring. */

const calculated = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';
const ordinalValue = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';

function expressionOf(questionnaire: unknown, linkId: string): string {
  const item = elementsIn(elementOf(questionnaire), 'item').find((one) => one['linkId'] === linkId) ?? {};
  const [found = {}] = extensions(item, calculated);
  return textIn(elementOf(found['valueExpression']), 'expression') ?? '';
}

/** The total that FHIRPath finds in a response: none, or one. */
function total(expression: string, response: object): readonly unknown[] {
  return evaluate(response, expression, { resource: response }, r4) as unknown[];
}

const answered = (item: InstrumentItem, option: number) => {
  const { system, code, weight } = item.options[option % item.options.length] ?? { system: '', code: '' };
  const extension = weight === undefined ? {} : { extension: [{ url: ordinalValue, valueDecimal: weight }] };
  return { linkId: item.linkId, weight, answer: [{ valueCoding: { ...extension, system, code } }] };
};

/** A response that answers some of the items, or all of them. */
const responses = (instrument: Instrument, complete: boolean) =>
  fc
    .tuple(...[...instrument.items.values()].map((item) => fc.tuple(fc.constant(item), fc.nat(9), fc.boolean())))
    .map((all) => all.filter(([, , given]) => complete || given).map(([item, option]) => answered(item, option)));

describe.each(shippedInstruments.map((one) => [textIn(elementOf(one), 'id') ?? '', one] as const))('%s', (id, one) => {
  const instrument = shippedDefinitions.instrument(id);
  if (instrument === undefined) throw new Error(`${id} is not shipped`);

  it.each([
    ['a complete', true],
    ['any', false],
  ])('its expression gives our score for %s response', (_, complete) => {
    for (const score of instrument.scores) {
      const expression = expressionOf(one, score.linkId);
      fc.assert(
        fc.property(responses(instrument, complete), (answers) => {
          const weights = answers.flatMap(({ linkId, weight }) =>
            weight === undefined ? [] : [[linkId, weight] as const],
          );
          const ours = scoreOf(score, new Map(weights));
          const item = answers.map(({ linkId, answer }) => ({ linkId, answer }));
          const theirs = total(expression, { resourceType: 'QuestionnaireResponse', status: 'completed', item });
          expect(theirs).toEqual(ours === undefined ? [] : [ours]);
          if (complete) expect(ours).toBeDefined();
        }),
      );
    }
  });

  it('its bands follow one another from the smallest score to the largest', () => {
    for (const { bands, items } of instrument.scores) {
      const weights = items.map((linkId) =>
        (instrument.items.get(linkId)?.options ?? []).flatMap(({ weight }) => weight ?? []),
      );
      const sum = (pick: (...values: number[]) => number): number =>
        weights.reduce((so, values) => so + pick(...values), 0);
      expect(bands.map(({ min }) => min)).toEqual([sum(Math.min), ...bands.slice(0, -1).map(({ max }) => max + 1)]);
      expect(bands.at(-1)?.max).toBe(sum(Math.max));
    }
  });
});

it.each([
  [0, 'minimal'],
  [4, 'minimal'],
  [5, 'mild'],
  [9, 'mild'],
  [10, 'moderate'],
  [14, 'moderate'],
  [15, 'moderatelySevere'],
  [19, 'moderatelySevere'],
  [20, 'severe'],
  [27, 'severe'],
  [-1, undefined],
  [28, undefined],
])('PHQ-9: %d is %s', (value, band) => {
  const score = shippedDefinitions.instrument('phq9')?.scores[0];
  expect(score && bandOf(score, value)?.code).toBe(band);
});
