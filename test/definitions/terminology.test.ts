import { describe, expect, it } from 'vitest';
import { codingsIn, profiles, src, texts } from './artefacts.ts';
import { isLoinc, isSnomed } from './check-digits.ts';

const loinc = 'http://loinc.org';
const snomed = 'http://snomed.info/sct';

const published = [...texts(profiles, '.json')].flatMap(([file, text]) =>
  [...codingsIn(JSON.parse(text))].map((coding) => ({ file, ...coding })),
);

/** In code and in expressions a code is a quoted text of the shape of one. */
const quoted = (text: string, shape: string): string[] =>
  [...text.matchAll(new RegExp(`(['"\`])(${shape})\\1`, 'g'))].map(([, , code]) => code ?? '');
// The tables of the check digits themselves are texts of digits.
const written = [...texts(src, '.ts')].filter(([file]) => !file.endsWith('check-digits.ts'));
const inText = [...written, ...texts(new URL('questionnaires/', profiles), '.json')];

describe('check digits', () => {
  it('of LOINC', () => {
    const codes = [
      ...published.filter(({ system }) => system === loinc).map(({ code }) => code),
      ...inText.flatMap(([, text]) => quoted(text, String.raw`(?:LA|LL)?\d{3,7}-\d`)),
    ];
    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code) => !isLoinc(code))).toEqual([]);
  });

  it('of SNOMED CT', () => {
    const codes = [
      ...published.filter(({ system }) => system === snomed).map(({ code }) => code),
      ...inText.filter(([, text]) => text.includes('snomed')).flatMap(([, text]) => quoted(text, String.raw`\d{6,18}`)),
    ];
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !isSnomed(code))).toEqual([]);
  });

  // The wrong ones are known to circulate, or are right ones with one digit changed.
  it.each([
    ['69689-8', '69689-6'],
    ['44250-9', '44520-9'],
    ['LA6571-9', 'LA6572-9'],
    ['LA30370-3', 'LA30371-3'],
    ['LL358-3', 'LL359-3'],
  ])('LOINC %s is one, %s is none', (right, wrong) => {
    expect([isLoinc(right), isLoinc(wrong)]).toEqual([true, false]);
  });

  it.each([
    ['1153570009', '1153570008'],
    ['373464007', '373464070'],
    ['198431000000105', '198413000000105'],
  ])('SNOMED CT %s is one, %s is none', (right, wrong) => {
    expect([isSnomed(right), isSnomed(wrong)]).toEqual([true, false]);
  });
});
