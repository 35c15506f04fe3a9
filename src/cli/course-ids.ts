import { courseServiceId } from '../course/identity.ts';
import { UsageFault } from './inputs.ts';

/** An id of ours. */
export const ownId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Our id of a course, from itself or from the source's 'system|id': a system has no bar, an id may have several. No
 * sentence repeats what was given: it names a course.
 */
export function courseIdIn(text: string): string {
  const own = text.toLowerCase();
  if (ownId.test(own)) return own;
  const bar = text.indexOf('|');
  if (bar < 1 || bar === text.length - 1)
    throw new UsageFault("A course is named by an id of ours, or by 'system|id'.");
  return courseServiceId({ system: text.slice(0, bar), id: text.slice(bar + 1) });
}

/** Ids of ours, of submissions or deliveries. */
export function ownIdsIn(texts: readonly string[]): string[] {
  return texts.map((text) => {
    const own = text.toLowerCase();
    if (!ownId.test(own))
      throw new UsageFault('One of the ids is none of ours: `deliveries` and `history` print them.');
    return own;
  });
}
