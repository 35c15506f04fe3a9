import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventKinds, expectSameInEveryOrder, scenario } from '../exchange/submission-scenarios.ts';
import { coursesOf } from '../synthetic/courses.ts';

/** What a source sends ends in the same course, in whichever order it comes, and coming again changes nothing. */

const courses = coursesOf('small', 20, 31);
const tries = { 4: 60, 5: 6 };

it.each(Object.entries(tries))(
  '%s submissions in every order end in the same course',
  async (count, numRuns) => {
    const length = Number(count);
    let scenarios = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...courses),
        fc.array(fc.constantFrom(...eventKinds), { minLength: length, maxLength: length }),
        fc.nat(),
        async (course, kinds, seed) => {
          await expectSameInEveryOrder(scenario(course, kinds, seed));
          scenarios += 1;
        },
      ),
      { numRuns, seed: 17 },
    );
    expect(scenarios).toBeGreaterThanOrEqual(numRuns);
  },
  1_800_000,
);
