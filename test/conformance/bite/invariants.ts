import { isObject, type Json } from './places.ts';

/** What breaks each invariant of ours, and nothing of R4: the element that the invariant stands on is changed. */

type Break = (element: Json) => void;

const own = (element: Json, name: string): Json[] =>
  (Array.isArray(element[name]) ? (element[name] as unknown[]) : []).filter(isObject);

const isCoded = (element: Json, code: string): boolean =>
  isObject(element['code']) && own(element['code'], 'coding').some((one) => one['code'] === code);

function without(element: Json, pattern: RegExp): void {
  for (const name of Object.keys(element)) if (pattern.test(name)) delete element[name];
}

const unanswered: Break = (element) => without(element, /^(value|dataAbsentReason)/);
const inStatus =
  (status: string): Break =>
  (element) =>
    void (element['status'] = status);

const withoutComponent =
  (code: string): Break =>
  (element) => {
    const left = own(element, 'component').filter((one) => !isCoded(one, code));
    if (left.length > 0) element['component'] = left;
    else delete element['component'];
  };

export const breaks: Readonly<Record<string, Break>> = {
  'cb-whom': (element) => {
    without(element, /^(reference|identifier)$/);
    element['display'] = 'other';
  },
  'cb-status': inStatus('amended'),
  'cb-known': unanswered,
  'cb-words': (element) => {
    without(element, /./);
    element['extension'] = [{ url: 'https://other.example.org/extension', valueBoolean: true }];
  },
  'cb-roles': (element) => {
    for (const one of own(element, 'derivedFrom')) {
      for (const extension of own(one, 'extension')) if ('valueCode' in extension) extension['valueCode'] = 'current';
    }
  },
  'cb-basis': withoutComponent('basis'),
  'cb-subscore': withoutComponent('subscore'),
  'cb-pressure': (element) => {
    for (const one of own(element, 'component')) {
      const code = isObject(one['code']) ? one['code'] : {};
      code['coding'] = own(code, 'coding').filter(({ system }) => system === 'http://loinc.org');
    }
  },
  'cb-mean': (element) => {
    for (const one of own(element, 'component')) {
      if (isCoded(one, 'meanArterial')) {
        one['valueQuantity'] = { value: 12, system: 'http://unitsofmeasure.org', code: 'cm' };
      }
    }
  },
  'cb-undated': (element) => void (element['effectiveDateTime'] = '2026-01-02'),
  'cb-own': (element) => void (element['coding'] = [{ system: 'https://other.example.org/codes', code: 'other' }]),
  'cb-measured': (element) => without(element, /^(value|component)/),
  'cb-dose-status': inStatus('on-hold'),
  'cb-not-done': (element) => {
    element['dosage'] = { dose: { value: 7, system: 'http://unitsofmeasure.org', code: 'mg' } };
    element['status'] = 'not-done';
  },
  'cb-dose': (element) => {
    without(element, /./);
    Object.assign(element, { value: 7, system: 'http://unitsofmeasure.org', code: 'g' });
  },
  'cb-supplement': (element) => void (element['code'] = 'initial'),
  'cb-answers': inStatus('in-progress'),
  'cb-version': (element) => void (element['questionnaire'] = String(element['questionnaire']).split('|')[0]),
  'cb-form': (element) => void (element['questionnaire'] = 'https://other.example.org/form|1'),
};
