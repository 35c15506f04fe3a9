import { expect, it } from 'vitest';
import { coursesFrom } from './courses.ts';
import { expectRoundTrip, seeded } from './round-trip.ts';

const perProgramme = 2000;

it(`${5 * perProgramme} generated courses come back digit for digit, in every state that a reader may get them`, () => {
  const random = seeded(17);
  let count = 0;
  for (const course of coursesFrom(0, perProgramme, 23)) {
    expectRoundTrip(course, random);
    count += 1;
  }
  console.log(`${count} courses came back`);
  expect(count).toBe(5 * perProgramme);
}, 1_800_000);

it('100 full courses do too', () => {
  const random = seeded(18);
  for (const course of coursesFrom(0, 20, 23, 'full')) expectRoundTrip(course, random);
}, 600_000);
