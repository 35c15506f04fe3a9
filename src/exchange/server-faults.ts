import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { ServerFault } from './ports.ts';

/** What an OperationOutcome says was wrong: codes and places alone. Empty where `body` is no OperationOutcome. */
export function faultsIn(body: unknown): ServerFault[] {
  if (!isJsonObject(body) || body['resourceType'] !== 'OperationOutcome') return [];
  return objects(body['issue']).flatMap((issue): ServerFault[] => {
    const { code, severity } = issue;
    if (typeof code !== 'string' || !isIssueType(code)) return [];
    if (severity === 'information' || severity === 'warning') return [];
    // `location` is the older way to name a place; with HAPI it is often the only one.
    const places = [...texts(issue['expression']), ...texts(issue['location'])].filter(isPlace);
    return [{ code, places: [...new Set(places)] }];
  });
}

const isIssueType = (code: string): boolean => /^[a-z][a-z-]{1,30}$/.test(code);

// Names, indexes and types only: a place with a string in it could repeat a value of ours.
const isPlace = (text: string): boolean =>
  /^[A-Z][A-Za-z]{1,63}(?:\.[A-Za-z]{1,63}(?:\(\w{0,63}\))?|\[\d{1,6}\])*$/.test(text);

const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];

const texts = (value: Json | undefined): string[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((one) => typeof one === 'string') : [];
