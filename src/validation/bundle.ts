import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { needsAddresses } from './bundle-view.ts';
import type { Check, Run } from './run.ts';

/** What FHIR says in words of the entries of a Bundle (R4, Bundle: fullUrl is the identity of the resource). */
export const bundleCheck: Check = (value, run) => {
  const { entry } = value as JsonObject;
  if (!Array.isArray(entry)) return;
  const needsAddress = needsAddresses(value as JsonObject);
  for (const [index, one] of (entry as readonly Json[]).entries()) {
    if (!isJsonObject(one)) continue;
    run.enter('entry', index);
    checkEntry(one, needsAddress, run);
    run.leave();
  }
};

function checkEntry({ fullUrl, resource }: JsonObject, needsAddress: boolean, run: Run): void {
  if (fullUrl === undefined) {
    if (needsAddress && resource !== undefined) run.report('full-url-missing');
    return;
  }
  if (typeof fullUrl !== 'string' || !isJsonObject(resource)) return;
  const { resourceType, id } = resource;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(fullUrl)) run.report('full-url-relative');
  const named = /\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl);
  if (named === null || typeof id !== 'string') return;
  if (/^https?:/.test(fullUrl) && (named[1] !== resourceType || named[2] !== id)) run.report('full-url-mismatch');
}
