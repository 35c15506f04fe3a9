import { givingOne, telling, type Call, type Compiled, type Functions } from './compiled.ts';
import { isMoment } from './dates.ts';
import { single, textItem } from './items.ts';
import { digitsOf, kindOf, numberOf } from './kinds.ts';
import type { Item } from './model.ts';
import { notKnown } from './scope.ts';

/** An item as another type; undefined where it cannot be read as one. */
type Convert = (item: Item) => Item | undefined;

const textIn = ({ type, value }: Item): string | undefined =>
  kindOf(type) === 'String' && typeof value === 'string' ? value : undefined;

/** A primitive as it is written. */
function toText({ type, value }: Item): Item | undefined {
  const kind = kindOf(type);
  if (kind === undefined) return undefined;
  if (kind === 'Quantity') throw notKnown;
  if (typeof value === 'string') return textItem(value);
  const digits = typeof value === 'boolean' ? String(value) : digitsOf(value);
  return digits === undefined ? undefined : textItem(digits);
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  '1': true,
  '1.0': true,
  false: false,
  f: false,
  no: false,
  n: false,
  '0': false,
  '0.0': false,
};

function toBoolean(item: Item): Item | undefined {
  const { type, value } = item;
  if (kindOf(type) === 'Boolean') return typeof value === 'boolean' ? { type: 'System.Boolean', value } : undefined;
  const digits = digitsOf(value);
  const text = digits === undefined ? textIn(item)?.toLowerCase() : String(Number(digits));
  const truth = text !== undefined && Object.hasOwn(truths, text) ? truths[text] : undefined;
  return truth === undefined ? undefined : { type: 'System.Boolean', value: truth };
}

const integerType = 'System.Integer';

function toInteger(item: Item): Item | undefined {
  const { type, value } = item;
  const kind = kindOf(type);
  if (kind === 'Integer') return typeof value === 'number' ? { type: integerType, value } : undefined;
  if (kind === 'Boolean') return typeof value === 'boolean' ? { type: integerType, value: Number(value) } : undefined;
  const text = textIn(item);
  if (text === undefined || !/^[+-]?\d{1,10}$/.test(text)) return undefined;
  const number = Number(text);
  return Math.abs(number) > 2_147_483_647 ? undefined : { type: integerType, value: number };
}

function toDecimal(item: Item): Item | undefined {
  const { type, value } = item;
  const kind = kindOf(type);
  if (kind === 'Integer' || kind === 'Decimal') {
    return digitsOf(value) === undefined ? undefined : { type: 'System.Decimal', value };
  }
  if (kind === 'Boolean')
    return typeof value === 'boolean' ? { type: 'System.Decimal', value: Number(value) } : undefined;
  const text = textIn(item);
  if (text === undefined || !/^[+-]?\d+(?:\.\d+)?$/.test(text)) return undefined;
  return { type: 'System.Decimal', value: numberOf(text.replace(/^\+/, '')) };
}

/** A text or a point of time, to the type named; a date is what stands before the T. */
const toMoment =
  (type: 'Date' | 'DateTime' | 'Time'): Convert =>
  (item) => {
    const kind = kindOf(item.type);
    const { value } = item;
    if (typeof value !== 'string' || (kind !== 'String' && kind !== 'Date' && kind !== 'DateTime' && kind !== 'Time')) {
      return undefined;
    }
    if ((type === 'Time') !== (kind === 'Time') && kind !== 'String') return undefined;
    const text = type === 'Date' ? value.replace(/T.*$/, '') : value;
    return isMoment(text, type === 'Time') ? { type: `System.${type}`, value: text } : undefined;
  };

const to =
  (type: string, convert: Convert) =>
  ({ input }: Call): Compiled =>
    givingOne([type], (self, scope) => {
      const item = single(input.items(self, scope));
      return item?.value === undefined ? undefined : convert(item);
    });

const can =
  (convert: Convert) =>
  ({ input }: Call): Compiled =>
    telling((self, scope) => {
      const item = single(input.items(self, scope));
      return item?.value === undefined ? undefined : convert(item) !== undefined;
    });

export const conversions: Functions = {
  toString: to('System.String', toText),
  toBoolean: to('System.Boolean', toBoolean),
  toInteger: to(integerType, toInteger),
  toDecimal: to('System.Decimal', toDecimal),
  toDate: to('System.Date', toMoment('Date')),
  toDateTime: to('System.DateTime', toMoment('DateTime')),
  toTime: to('System.Time', toMoment('Time')),
  convertsToString: can(toText),
  convertsToBoolean: can(toBoolean),
  convertsToInteger: can(toInteger),
  convertsToDecimal: can(toDecimal),
  convertsToDate: can(toMoment('Date')),
  convertsToDateTime: can(toMoment('DateTime')),
  convertsToTime: can(toMoment('Time')),
};
