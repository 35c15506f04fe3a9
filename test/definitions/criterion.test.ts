import { assert, integer, property } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { reductionOf } from '../../src/definitions/criterion.ts';
import { jsonNumber, numberText, numberValue } from '../../src/json/json.ts';

const texts = (baseline: string, current: string, criterion: number | undefined = 50) => {
  const { absolute, percent, meets } = reductionOf(jsonNumber(baseline), jsonNumber(current), criterion);
  return [numberText(absolute), percent === undefined ? undefined : numberText(percent), meets];
};

test.each([
  ['halved', '20', '10', ['10', '50', true]],
  ['a point short of half', '20', '11', ['9', '45', false]],
  ['49.9 per cent', '1000', '501', ['499', '49.9', false]],
  ['49.96 per cent', '10000', '5004', ['4996', '49.96', false]],
  ['rounded up to half, and still below it', '100000', '50001', ['49999', '50.00', false]],
  ['rounded down to half, and still above it', '100000', '49999', ['50001', '50.00', true]],
  ['gone', '27', '0', ['27', '100', true]],
  ['a third', '27', '18', ['9', '33.33', false]],
  ['two thirds', '27', '9', ['18', '66.67', true]],
  ['half of a hundredth, away from zero', '32', '31', ['1', '3.13', false]],
  ['the same', '12', '12', ['0', '0', false]],
  ['risen', '10', '14', ['-4', '-40', false]],
  ['risen by a third', '9', '12', ['-3', '-33.33', false]],
  ['risen by half of a hundredth, away from zero', '32', '33', ['-1', '-3.13', false]],
  ['risen beyond double', '4', '13', ['-9', '-225', false]],
  ['too little to be seen', '100000', '100001', ['-1', '0.00', false]],
  ['baseline 0', '0', '0', ['0', undefined, undefined]],
  ['risen from 0', '0.0', '3', ['-3.0', undefined, undefined]],
  ['below 0', '-2', '-4', ['2', undefined, undefined]],
  ['decimals', '0.3', '0.1', ['0.2', '66.67', true]],
  ['kept digits', '20.0', '10', ['10.0', '50', true]],
  ['the finer digits', '7.5', '3.75', ['3.75', '50', true]],
  ['an exponent', '2e1', '1.0E1', ['10', '50', true]],
  ['a negative exponent', '5e-1', '0.25', ['0.25', '50', true]],
])('%s: %s to %s', (_, baseline, current, expected) => {
  expect(texts(baseline, current)).toEqual(expected);
});

describe('the criterion', () => {
  test.each([
    [undefined, undefined],
    [0, true],
    [12.5, true],
    [12.51, false],
    [1e-7, true],
  ])('%d for a reduction of 12.5 per cent', (criterion, meets) => {
    expect(reductionOf(8, 7, criterion)).toEqual({ absolute: 1, percent: 12.5, meets });
  });

  it('is met exactly where twice what is left is at most the baseline', () => {
    assert(
      property(integer({ min: 1, max: 60 }), integer({ min: 0, max: 80 }), (baseline, current) => {
        const { absolute, percent, meets } = reductionOf(baseline, current, 50);
        expect(meets).toBe(2 * current <= baseline);
        expect(absolute).toBe(baseline - current);
        expect(numberValue(percent ?? Number.NaN)).toBeCloseTo(((baseline - current) / baseline) * 100, 1);
      }),
    );
  });
});
