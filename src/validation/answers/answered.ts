import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';

/** Answers as they stand in a response. A shape that FHIR does not have is nothing here: others report it. */

/** What an answer says: the FHIR type of its value, and the value; undefined where only the reason is told why there is none. */
export interface Given {
  readonly type: string;
  readonly value: Json | undefined;
}

/** The properties that R4 has for the value of an answer. */
const types: ReadonlyMap<string, string> = new Map([
  ['valueBoolean', 'boolean'],
  ['valueDecimal', 'decimal'],
  ['valueInteger', 'integer'],
  ['valueDate', 'date'],
  ['valueDateTime', 'dateTime'],
  ['valueTime', 'time'],
  ['valueString', 'string'],
  ['valueUri', 'uri'],
  ['valueAttachment', 'Attachment'],
  ['valueCoding', 'Coding'],
  ['valueQuantity', 'Quantity'],
  ['valueReference', 'Reference'],
]);

/** The property that holds a value of this type. */
export const propertyOf = (type: string): string => `value${type.charAt(0).toUpperCase()}${type.slice(1)}`;

/** The value of an answer or an option; undefined where there is none of a type that R4 has. */
export function givenIn(holder: JsonObject): Given | undefined {
  let absent: Given | undefined;
  for (const name of Object.keys(holder)) {
    const type = types.get(name);
    if (type !== undefined) return { type, value: holder[name] };
    const sibling = name.startsWith('_') ? types.get(name.slice(1)) : undefined;
    if (sibling !== undefined) absent = { type: sibling, value: undefined };
  }
  return absent;
}

const none: readonly Json[] = [];

/** The elements of a list. */
export const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : none;

/** The objects of a list. */
export const objectsOf = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isJsonObject);

/** A text; undefined where there is another value or none. */
export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** The values of the extensions with this url. */
export const extensionsOf = (element: JsonObject, url: string): readonly Json[] =>
  objectsOf(element['extension']).flatMap((extension) => {
    if (extension['url'] !== url) return [];
    const name = Object.keys(extension).find((key) => key.startsWith('value'));
    const value = name === undefined ? undefined : extension[name];
    return value === undefined ? [] : [value];
  });
