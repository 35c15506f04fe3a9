import { isJsonObject, type JsonObject } from '../json/json.ts';
import type { Check } from './run.ts';

/**
 * Contained resources, as dom-3 has it: each is referred to from the resource, or refers to it. Its FHIRPath walks every
 * element for each of them; here they are walked once, and only where there is one.
 */
export const containedCheck: Check = (value, run) => {
  const { contained } = value as JsonObject;
  if (!Array.isArray(contained)) return;
  const named = new Set<string>();
  gather(value, named, 0);
  for (const [index, one] of (contained as readonly unknown[]).entries()) {
    if (!isJsonObject(one)) continue;
    const { id } = one;
    if ((typeof id === 'string' && named.has(`#${id}`)) || namesContainer(one)) continue;
    run.enter('contained', index);
    run.report('contained-unused');
    run.leave();
  }
};

const deepest = 200;

/** Every local reference: of a Reference, and of what may name a resource by a canonical or an address. */
function gather(value: unknown, into: Set<string>, depth: number): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) into.add(value);
  } else if (typeof value === 'object' && value !== null && depth < deepest) {
    for (const one of Object.values(value)) gather(one, into, depth + 1);
  }
}

function namesContainer(contained: JsonObject): boolean {
  const named = new Set<string>();
  gather(contained, named, 0);
  return named.has('#');
}
