import { expect, it } from 'vitest';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { bandOf } from '../../src/definitions/scoring.ts';

const vas = shippedDefinitions.instrument('sfmpq')?.scores.find(({ key }) => key === 'vas');

it.each([
  [0, 'none'],
  [4.5, 'none'],
  [5, 'mild'],
  [44.9, 'mild'],
  [45, 'moderate'],
  [74.5, 'moderate'],
  [75, 'severe'],
  [100, 'severe'],
  [100.1, undefined],
  [-0.1, undefined],
])('%d mm of a line that can be measured finer than its bands is %s', (value, band) => {
  expect(vas && bandOf(vas, value)?.code).toBe(band);
});
