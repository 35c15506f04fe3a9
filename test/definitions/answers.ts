import * as fc from 'fast-check';
import type { AssessmentItem } from '../../src/course/schema.ts';
import type { Instrument, InstrumentItem } from '../../src/definitions/instrument.ts';

/** Answers to the items of any instrument, as a course says them. */

type Answer = Omit<AssessmentItem, 'linkId'>;

/** The answers that an item takes: all that it offers, and a few where there is no end of them. */
export function answersTo({ options, numbers, min = 0, max = 10, type, answeredBy }: InstrumentItem): Answer[] {
  if (options.length > 0) {
    return options.map(({ system, code, weight, answeredBy: by }) =>
      by === 'value' && weight !== undefined ? { value: weight } : { code: { system, code } },
    );
  }
  switch (answeredBy) {
    case 'value': {
      const whole = numbers ?? Array.from({ length: max - min + 1 }, (_, index) => min + index);
      return [...whole, ...(type === 'decimal' ? [max - 0.5] : [])].map((value) => ({ value }));
    }
    case 'code':
      return [{ code: { system: 'https://hospital.test/answers', code: 'any' } }];
    case 'text':
      return [{ text: 'a text' }];
    case 'time':
      return [{ time: '2026-01' }, { time: '2026-01-05' }];
    default:
      return [{ yes: true }, { yes: false }];
  }
}

/** Answers to some of the items of an instrument, or to all of them. */
export const answersOf = (instrument: Instrument, complete: boolean): fc.Arbitrary<AssessmentItem[]> =>
  fc
    .tuple(
      ...[...instrument.items.values()].map((item) =>
        fc.tuple(
          fc.constantFrom(...answersTo(item)).map((answer) => ({ linkId: item.linkId, ...answer })),
          complete ? fc.constant(true) : fc.boolean(),
        ),
      ),
    )
    .map((all) => all.flatMap(([answer, given]) => (given ? [answer] : [])));
