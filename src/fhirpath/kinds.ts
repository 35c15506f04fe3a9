/** FHIRPath's own kind of each primitive; whatever is no primitive has none. */
export type Kind = 'String' | 'Integer' | 'Decimal' | 'Boolean' | 'Date' | 'DateTime' | 'Time' | 'Quantity';

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...[
    'string',
    'code',
    'id',
    'markdown',
    'uri',
    'url',
    'canonical',
    'oid',
    'uuid',
    'base64Binary',
    'xhtml',
    'System.String',
  ].map((type) => [type, 'String'] as const),
  ...['integer', 'positiveInt', 'unsignedInt', 'System.Integer'].map((type) => [type, 'Integer'] as const),
  ...['decimal', 'System.Decimal'].map((type) => [type, 'Decimal'] as const),
  ...['boolean', 'System.Boolean'].map((type) => [type, 'Boolean'] as const),
  ...['date', 'System.Date'].map((type) => [type, 'Date'] as const),
  ...['dateTime', 'instant', 'System.DateTime'].map((type) => [type, 'DateTime'] as const),
  ...['time', 'System.Time'].map((type) => [type, 'Time'] as const),
  ...['Quantity', 'Age', 'Count', 'Distance', 'Duration', 'SimpleQuantity', 'MoneyQuantity', 'System.Quantity'].map(
    (type) => [type, 'Quantity'] as const,
  ),
]);

export const kindOf = (type: string): Kind | undefined => kinds.get(type);

/** Whether a type's value is one JSON string, number or boolean. */
export const isPrimitive = (type: string): boolean => {
  const kind = kinds.get(type);
  return kind !== undefined && kind !== 'Quantity';
};

/** A number whose text JavaScript would print differently, as `JSON.rawJSON` makes it. */
interface RawNumber {
  readonly rawJSON: string;
}

const isRaw = (value: unknown): value is RawNumber =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === null &&
  typeof (value as Partial<RawNumber>).rawJSON === 'string';

/** The digits of a JSON number; undefined where the value is none. */
export function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return isRaw(value) ? value.rawJSON : undefined;
}

/** A JSON number by its digits: plain where JavaScript prints them so. */
export function numberOf(digits: string): unknown {
  const plain = Number(digits);
  if (String(plain) === digits) return plain;
  return Object.freeze(Object.assign(Object.create(null) as object, { rawJSON: digits }));
}

/** Whether a JSON value can stand for a primitive of this kind. */
export function fits(kind: Kind, value: unknown): boolean {
  if (kind === 'Boolean') return typeof value === 'boolean';
  if (kind === 'Integer' || kind === 'Decimal') return typeof value === 'number' || isRaw(value);
  if (kind === 'Quantity') return isObject(value);
  return typeof value === 'string';
}

/** Whether a JSON value is an object: no list and no number. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRaw(value);
