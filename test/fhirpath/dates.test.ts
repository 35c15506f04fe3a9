import { describe, expect, it } from 'vitest';
import { compareMoments, isMoment, sameMoment } from '../../src/fhirpath/dates.ts';

const order = (left: string, right: string, isTime = false): number | undefined => {
  const apart = compareMoments(left, right, isTime);
  return apart === undefined ? undefined : Math.sign(apart);
};

describe('points of time', () => {
  it.each([
    ['2026', '2027', -1],
    ['2026-02', '2026-02', 0],
    ['2026', '2026-02', undefined],
    ['2025', '2026-02', -1],
    ['2026-01-05', '2026-01-05T10:00:00Z', undefined],
    ['2026-01-06', '2026-01-05T10:00:00Z', 1],
    ['2026-01-05T10:00', '2026-01-05T10:00:00', undefined],
    ['2026-01-05T10:00:00Z', '2026-01-05T10:00:00.000Z', 0],
    ['2026-01-05T10:00:00.5Z', '2026-01-05T10:00:00.25Z', 1],
    ['2026-01-05T10:00:00+01:00', '2026-01-05T09:00:00Z', 0],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:00:00Z', 1],
    ['2024-02-28T23:30:00-01:00', '2024-02-29T00:30:00Z', 0],
    ['2026-13-01', '2026-01-01', undefined],
    ['2026-01-01', 'yesterday', undefined],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(order(left, right)).toBe(expected);
    expect(order(right, left)).toBe(expected === undefined ? undefined : 0 - expected);
  });

  it.each([
    ['10:00', '10:00:00', undefined],
    ['10:00:00', '10:00:01.5', -1],
  ])('times %s and %s: %s', (left, right, expected) => expect(order(left, right, true)).toBe(expected));

  it('without an offset is another for certain only a day away', () => {
    expect(sameMoment('2026-01-05T10:00:00Z', '2026-01-05T10:00:00', false)).toBeUndefined();
    expect(sameMoment('2026-01-05T10:00:00Z', '2026-01-07T10:00:00', false)).toBe(false);
    expect(sameMoment('2026-01-05T10:00:00', '2026-01-05T10:00:00', false)).toBe(true);
  });

  it.each(
    [
      '2026-02-29',
      '2026-00',
      '2026-1',
      '26',
      '2026-01-01T24:00:00Z',
      '2026-01-01T10:60',
      '2026-01-01T10:00:00+1:00',
    ].concat(['2026-01-01T10:00:00ZZ', '2026T10', '2026-01-01 10:00', '', 'T10', '2026-01-01T10:00:00+0100']),
  )('%s is none', (text) => expect(isMoment(text, false)).toBe(false));

  it.each(['2024-02-29', '2026', '2026T', '2026-01-01T10', '2026-01-01T10:00:00.123-11:30'])('%s is one', (text) =>
    expect(isMoment(text, false)).toBe(true),
  );
});
