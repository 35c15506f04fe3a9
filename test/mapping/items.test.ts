import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { readInstrument } from '../../src/definitions/instrument.ts';
import { readItems, writeItems } from '../../src/mapping/items.ts';
import { answersOf } from '../definitions/answers.ts';
import { pain } from '../definitions/questionnaires.ts';

const instrument = readInstrument(pain);
const write = (answers: Parameters<typeof writeItems>[0]) => writeItems(answers, instrument, { zone: undefined });

it.each([...shippedDefinitions.instruments, instrument])('what $key is answered comes back', (one) => {
  fc.assert(
    fc.property(answersOf(one, false), (answers) => {
      const item = writeItems(answers, one, { zone: undefined });
      expect(readItems({ resourceType: 'QuestionnaireResponse', item }, one)).toEqual(answers);
    }),
  );
});

describe('an item below a question', () => {
  const [again, since, how] = [
    { linkId: 'again', yes: true },
    { linkId: 'since', time: '2026-01' },
    { linkId: 'how', text: 'at night' },
  ];
  const below = [
    { linkId: 'since', answer: [{ valueDate: '2026-01' }] },
    { linkId: 'worse', item: [{ linkId: 'how', answer: [{ valueString: 'at night' }] }] },
  ];

  it('stands below the answer, as FHIR asks', () => {
    expect(write([again, since, how])).toEqual([{ linkId: 'again', answer: [{ valueBoolean: true, item: below }] }]);
  });

  it('stands there although the question has no answer', () => {
    expect(write([since, how])).toEqual([{ linkId: 'again', answer: [{ item: below }] }]);
  });
});

it("an item is read by LHC-Forms' linkId, and the first of two counts", () => {
  const item = [
    { linkId: '/sensory/s2', answer: [{ valueInteger: 2 }] },
    { linkId: 's2', answer: [{ valueInteger: 3 }] },
  ];
  expect(readItems({ item }, instrument)).toEqual([{ linkId: 's2', value: 2 }]);
});
