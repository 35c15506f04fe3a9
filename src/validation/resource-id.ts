import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { Check } from './run.ts';

const wellFormed = /^[A-Za-z0-9\-.]{1,64}$/;

/** The logical id of a resource (R4, Resource.id): letters, digits, `-` and `.`, 64 at most. */
export const resourceIdCheck: Check = (value, run) => {
  const { id } = value as JsonObject;
  if (typeof id === 'string' && !wellFormed.test(id)) run.reportAt('id', -1, 'invalid-id');
};

/** A contained resource is known by its id: each has one, and none has another's. */
export const containedIdsCheck: Check = (value, run) => {
  const { contained } = value as JsonObject;
  if (!Array.isArray(contained)) return;
  const seen = new Set<Json>();
  for (const [index, one] of (contained as readonly Json[]).entries()) {
    if (!isJsonObject(one)) continue;
    const { id } = one;
    if (id === undefined) run.reportAt('contained', index, 'contained-without-id');
    else if (seen.has(id)) run.reportAt('contained', index, 'contained-id-twice');
    else seen.add(id);
  }
};

/** The id of an element, which is no other's in the resource. */
export const elementIdCheck: Check = (value, run) => {
  if (typeof value === 'string' && !run.isNewId(value)) run.reportAbove('duplicate-element-id');
};
