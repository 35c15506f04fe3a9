import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { needsAddresses } from './bundle-view.ts';
import { isAbsolute } from './formats/uris.ts';
import type { Check, Run } from './run.ts';

/** What FHIR says in words of the entries of a Bundle (R4, Bundle: fullUrl is the identity of the resource). */
export const bundleCheck: Check = (value, run) => {
  const { entry, type } = value as JsonObject;
  if (!Array.isArray(entry)) return;
  const entries = entry as readonly Json[];
  const needsAddress = needsAddresses(value as JsonObject);
  for (const [index, one] of entries.entries()) {
    if (!isJsonObject(one)) continue;
    run.enter('entry', index);
    checkEntry(one, needsAddress, run);
    run.leave();
  }
  if (type === 'document' || type === 'message') checkWhole(entries, type === 'document', run);
};

function checkEntry({ fullUrl, resource }: JsonObject, needsAddress: boolean, run: Run): void {
  if (fullUrl === undefined) {
    if (needsAddress && resource !== undefined) run.report('full-url-missing');
    return;
  }
  if (typeof fullUrl !== 'string' || !isJsonObject(resource)) return;
  if (!isAbsolute(fullUrl)) run.report('full-url-relative');
  const { resourceType, id } = resource;
  const named = /\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl);
  if (named === null || !/^https?:/.test(fullUrl)) return;
  if (named[1] !== resourceType || named[2] !== id) run.report('full-url-mismatch');
}

/** Elements of a Composition and of a MessageHeader whose references lead to entries (R4, Documents and Messaging). */
const within = {
  document: [
    'subject',
    'encounter',
    'author',
    'attester.party',
    'custodian',
    'event.detail',
    'section.author',
    'section.focus',
    'section.entry',
  ],
  message: ['focus'],
};

/** A document and a message hold what their first entry refers to, and a document nothing that it does not reach. */
function checkWhole(entries: readonly Json[], isDocument: boolean, run: Run): void {
  const [first] = entries;
  const head = isJsonObject(first) ? first['resource'] : undefined;
  if (!isJsonObject(head)) return;
  run.enter('entry', 0);
  run.enter('resource', -1);
  for (const path of isDocument ? within.document : within.message) checkLeads(head, path.split('.'), run);
  run.leave();
  run.leave();
  if (isDocument) checkReached(entries, run);
}

function checkLeads(value: unknown, [name, ...rest]: readonly string[], run: Run): void {
  if (!isJsonObject(value)) return;
  if (name === undefined) {
    const { reference } = value;
    if (typeof reference !== 'string' || reference.startsWith('#')) return;
    if (run.bundle?.resourceOf(reference) === undefined) run.report('reference-not-in-document');
    return;
  }
  const held = value[name];
  const list = Array.isArray(held) ? (held as readonly unknown[]) : held === undefined ? [] : [held];
  for (const [index, one] of list.entries()) {
    if (!run.enter(name, Array.isArray(held) ? index : -1)) return run.leave();
    checkLeads(one, rest, run);
    if (name === 'section' && isJsonObject(one) && one['section'] !== undefined)
      checkLeads(one, ['section', ...rest], run);
    run.leave();
  }
}

/** Every entry is reached from the first by references, in either direction (R4, Documents). */
function checkReached(entries: readonly Json[], run: Run): void {
  const resources = entries.map((one) => (isJsonObject(one) ? one['resource'] : undefined));
  const places = new Map(resources.map((resource, index) => [resource, index]));
  const links = resources.map((resource) =>
    referencesIn(resource).map((one) => places.get(run.bundle?.resourceOf(one))),
  );
  const back = new Map<number, number[]>();
  for (const [from, own] of links.entries()) {
    for (const to of own) if (to !== undefined) (back.get(to) ?? noted(back, to)).push(from);
  }
  const reached = new Set<number>();
  const open = [0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    for (const next of links[at] ?? []) if (next !== undefined) open.push(next);
    for (const next of back.get(at) ?? []) open.push(next);
  }
  for (const index of resources.keys()) {
    if (!reached.has(index)) run.reportAt('entry', index, 'document-entry-unreached');
  }
}

function noted(lists: Map<number, number[]>, at: number): number[] {
  const list: number[] = [];
  lists.set(at, list);
  return list;
}

const deepest = 200;

function referencesIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  const own = isJsonObject(value) && typeof value['reference'] === 'string' ? [value['reference']] : [];
  return [...own, ...Object.values(value).flatMap((one) => referencesIn(one, depth + 1))];
}
