import { numberText, type Json } from '../../../../src/json/json.ts';
import { above, isNumber, isObject, isText, setTo, without, type Rule } from './places.ts';

const isMoment = (value: Json): value is string => isText(value) && /^\d{4}(-\d\d(-\d\d(T.*)?)?)?$/.test(value);

const text = (name: string, to: (value: string) => string, when = (_: string): boolean => true): Rule => ({
  name: `text-${name}`,
  of: ({ at, value, name: property }) => {
    if (!isText(value) || property === 'resourceType' || !when(value)) return undefined;
    const changed = to(value);
    return changed === value ? undefined : setTo(at, changed);
  },
});

const moment = (name: string, to: (value: string) => string): Rule => text(`moment-${name}`, to, isMoment);

const number = (name: string, to: (value: number) => Json): Rule => ({
  name: `number-${name}`,
  of: ({ at, value }) => (isNumber(value) ? setTo(at, to(Number(numberText(value)))) : undefined),
});

/** Another type than the one that stands there: a value that R4 accepts for it. */
const ofType: Readonly<Record<string, Json>> = {
  Boolean: true,
  Integer: 1,
  String: 'x',
  DateTime: '2026-01-02',
  Date: '2026-01-02',
  Time: '10:00:00',
  Code: 'x',
  Uri: 'https://other.example.org',
  Decimal: 1.5,
  Coding: { system: 'https://other.example.org', code: 'x' },
  CodeableConcept: { text: 'x' },
  Quantity: { value: 1, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
  Period: { start: '2026-01-02' },
  Range: { low: { value: 1 }, high: { value: 2 } },
  Ratio: { numerator: { value: 1 }, denominator: { value: 2 } },
  Reference: { reference: 'Patient/p1' },
  Identifier: { value: 'x' },
  Attachment: { url: 'https://other.example.org/x' },
  Instant: '2026-01-02T10:00:00Z',
};
const choice = /^(value|effective|onset|medication|performed|multipleBirth|deceased|rate|answer|occurrence)([A-Z]\w*)$/;

/** What is broken is a value: its format, its type, its size. */
export const valueRules: readonly Rule[] = [
  text('with-more', (value) => `${value}x`),
  text('cut', (value) => value.slice(0, -1)),
  text('upper', (value) => value.toUpperCase()),
  text('lower', (value) => value.toLowerCase()),
  text('space-before', (value) => ` ${value}`),
  text('space-after', (value) => `${value} `),
  text('two-spaces-inside', (value) => `${value.slice(0, 1)}  ${value.slice(1)}`),
  text('only-space', () => '  '),
  text('control', (value) => `${value}\u0001`),
  text('line-break', (value) => `${value}\nx`),
  text('html', () => '<b>x</b>'),
  text('of-digits', () => '12'),
  moment('year', (value) => value.slice(0, 4)),
  moment('month', (value) => value.slice(0, 7)),
  moment('day', (value) => value.slice(0, 10)),
  moment('no-zone', (value) => value.replace(/(Z|[+-]\d\d:\d\d)$/, '')),
  moment('no-seconds', (value) => value.replace(/(T\d\d:\d\d):\d\d/, '$1')),
  moment('month-13', (value) => value.replace(/^(\d{4})-\d\d/, '$1-13')),
  moment('february-30', (value) => value.replace(/^(\d{4})-\d\d-\d\d/, '$1-02-30')),
  moment('hour-24', (value) => value.replace(/T\d\d/, 'T24')),
  moment('zone-15', (value) => value.replace(/(Z|[+-]\d\d:\d\d)$/, '+15:00')),
  moment('with-space', (value) => value.replace('T', ' ')),
  moment('far', (value) => value.replace(/^\d{4}/, '0999')),
  number('negative', (value) => -value - 1),
  number('fraction', (value) => value + 0.5),
  number('zero', () => 0),
  number('huge', () => 99_999_999_999),
  number('as-text', String),
  { name: 'boolean-turned', of: ({ at, value }) => (typeof value === 'boolean' ? setTo(at, !value) : undefined) },
  {
    name: 'boolean-as-text',
    of: ({ at, value }) => (typeof value === 'boolean' ? setTo(at, String(value)) : undefined),
  },
  {
    name: 'retyped',
    of: ({ at, name }) => {
      const [, stem, type = ''] = choice.exec(name) ?? [];
      return stem === undefined
        ? undefined
        : Object.entries(ofType)
            .filter(([other]) => other !== type)
            .map(([other, value]) => ({ set: { [`${above(at)}/${stem}${other}`]: value }, drop: [at] }));
    },
  },
  {
    name: 'two-types',
    of: ({ at, name }) => {
      const [, stem, type] = choice.exec(name) ?? [];
      if (stem === undefined) return undefined;
      const other = type === 'String' ? 'Boolean' : 'String';
      return setTo(`${above(at)}/${stem}${other}`, ofType[other] ?? null);
    },
  },
  {
    name: 'choice-left-out',
    of: ({ at, name }) => (choice.test(name) ? without(at) : undefined),
  },
  {
    name: 'period-turned',
    of: ({ at, value }) =>
      isObject(value) && isText(value['start'] ?? null)
        ? [setTo(`${at}/end`, '1999-01-01'), setTo(`${at}/start`, '2099-01-01T00:00:00Z'), without(`${at}/start`)]
        : undefined,
  },
];
