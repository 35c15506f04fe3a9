import { describe, expect, it } from 'vitest';
import { earliest, fhirDateTime, isTimeText, isTimeZone, latest, readLocal } from '../../src/course/time.ts';

const hour = 3_600_000;

describe('the text of a time', () => {
  it.each([
    '2026',
    '2026-01',
    '2024-02-29',
    '2026-01-05T09:30:00+01:00',
    '2026-01-05T09:30:00.123Z',
    '2026-01-05T09:30',
    '2026-01-05T09:30:59',
  ])('%s is one', (text) => expect(isTimeText(text)).toBe(true));

  it.each([
    '0000',
    '2026-13',
    '2026-02-29',
    '2026-1-5',
    '2026-01-05T09:30+01:00',
    '2026-01-05T24:00:00Z',
    '2026-01-05T09:30:60Z',
    '2026-01-05 09:30',
    ' 2026',
    '2026-01-05T09:30:00+15:00',
  ])('%s is none', (text) => expect(isTimeText(text)).toBe(false));
});

describe('a local time', () => {
  it('has the offset of its zone, winter and summer', () => {
    expect(fhirDateTime('2026-01-05T09:30', 'Europe/Oslo')).toBe('2026-01-05T09:30:00+01:00');
    expect(fhirDateTime('2026-07-05T09:30:15', 'Europe/Oslo')).toBe('2026-07-05T09:30:15+02:00');
    expect(fhirDateTime('2026-01-05T09:30', 'America/Los_Angeles')).toBe('2026-01-05T09:30:00-08:00');
    expect(fhirDateTime('2026-01-05T09:30', 'Asia/Kolkata')).toBe('2026-01-05T09:30:00+05:30');
  });

  it('takes the first pass of a doubled hour', () => {
    expect(readLocal('2026-10-25T02:30', 'Europe/Oslo')).toEqual({ occurs: 'twice', offsetMinutes: 120 });
    expect(readLocal('2026-11-01T01:30', 'America/Los_Angeles')).toEqual({ occurs: 'twice', offsetMinutes: -420 });
  });

  it('may be one that the clocks leave out', () => {
    expect(readLocal('2026-03-29T02:30', 'Europe/Oslo').occurs).toBe('never');
    expect(readLocal('2026-03-29T01:59', 'Europe/Oslo').occurs).toBe('once');
    expect(readLocal('2026-03-29T03:00', 'Europe/Oslo').occurs).toBe('once');
  });

  it('is left alone where it has an offset', () => {
    expect(fhirDateTime('2026-01-05T09:30:00-03:00', 'Europe/Oslo')).toBe('2026-01-05T09:30:00-03:00');
  });
});

describe('the moments that a time can mean', () => {
  it('begin and end in the zone of the course', () => {
    expect(earliest('2026-03-29', 'Europe/Oslo')).toBe(Date.parse('2026-03-28T23:00:00Z'));
    expect(latest('2026-03-29', 'Europe/Oslo') - earliest('2026-03-29', 'Europe/Oslo')).toBe(23 * hour);
    expect(latest('2026-12', undefined)).toBe(Date.parse('2027-01-01T00:00:00Z'));
    expect(latest('2026', undefined)).toBe(Date.parse('2027-01-01T00:00:00Z'));
    expect(latest('2024-02-28', undefined)).toBe(Date.parse('2024-02-29T00:00:00Z'));
  });
});

it('knows the zones of the IANA database and no offsets', () => {
  expect(['Europe/Oslo', 'UTC', 'America/Los_Angeles'].map(isTimeZone)).toEqual([true, true, true]);
  expect(['+01:00', 'Europe/Nowhere', ''].map(isTimeZone)).toEqual([false, false, false]);
});
