import { isJsonObject, parseJson, writeJson, type Json, type JsonObject } from '../../src/json/json.ts';
import type { Random } from '../../src/synthetic/random.ts';

/** A Bundle without some of its entries, and how its answer becomes one that refuses those. */
export interface Thinned {
  readonly body: string;
  /** The server's answer with an entry of this status where an entry was left out; as it is where it is no Bundle. */
  readonly answer: (text: string, status: number) => string;
}

/**
 * Takes some entries out of a transaction or batch, of those that no other refers to: what is left is closed.
 * Undefined where it is no Bundle, or nothing would be left.
 */
export function withoutSomeLeaves(text: string, random: Random): Thinned | undefined {
  const bundle = parsed(text);
  const entries = entriesOf(bundle);
  if (bundle === undefined || entries.length < 2) return undefined;
  const texts = entries.map(writeJson);
  const leaves = entries.flatMap((entry, index) => (isNamed(entry, index, texts) ? [] : [index]));
  const most = Math.min(leaves.length, entries.length - 1);
  if (most === 0) return undefined;
  const count = random.integer(1, Math.min(most, 5));
  const chosen = leaves.map((index) => [random.next(), index] as const).toSorted(([a], [b]) => a - b);
  const out = new Set(chosen.slice(0, count).map(([, index]) => index));
  return {
    body: writeJson({ ...bundle, entry: entries.filter((_, index) => !out.has(index)) }),
    answer: (answered, status) => putBack(answered, out, entries.length, status),
  };
}

/** The entries of a Bundle; none where the text is something else. */
export const entriesIn = (text: string): readonly JsonObject[] => entriesOf(parsed(text));

function parsed(text: string): JsonObject | undefined {
  const json = parseJson(text);
  return json.ok && isJsonObject(json.value) ? json.value : undefined;
}

function entriesOf(bundle: JsonObject | undefined): readonly JsonObject[] {
  const entry = bundle?.['resourceType'] === 'Bundle' ? bundle['entry'] : undefined;
  return Array.isArray(entry) ? (entry as Json[]).filter(isJsonObject) : [];
}

/** Whether another entry refers to this one, by its fullUrl or by its address. */
function isNamed(entry: JsonObject, index: number, texts: readonly string[]): boolean {
  const { request, resource } = entry;
  const address = isJsonObject(request) ? request['url'] : undefined;
  const id = isJsonObject(resource) && resource['id'];
  const names = [entry['fullUrl'], address, typeof id === 'string' ? `/${id}` : undefined];
  const quoted = names.filter((name): name is string => typeof name === 'string' && /[0-9a-f-]{36}/.test(name));
  return texts.some((text, other) => other !== index && quoted.some((name) => text.includes(name)));
}

function putBack(answered: string, out: ReadonlySet<number>, total: number, status: number): string {
  const bundle = parsed(answered);
  const entries = entriesOf(bundle);
  if (bundle === undefined || entries.length !== total - out.size) return answered;
  const left = entries.values();
  const refused = { response: { status: String(status), outcome: refusedOutcome } };
  const entry = Array.from({ length: total }, (_, index) =>
    out.has(index) ? refused : (left.next().value ?? refused),
  );
  return writeJson({ ...bundle, entry });
}

export const refusedOutcome = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'processing', diagnostics: 'Not now.' }],
} as const;
