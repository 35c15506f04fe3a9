import { timeZoneUrl } from './canonicals.ts';
import { isElements, textIn } from './elements.ts';
import type { ReceivedResource } from './mapped.ts';

/**
 * The course's time zone where the course record, which says it, is not there: every local time says it too, in what
 * was read as part of the course. Without one no local time can be read.
 */
export function zoneAmong(read: Iterable<ReceivedResource>): string | undefined {
  for (const { resource } of read) {
    const zone = zoneIn(resource);
    if (zone !== undefined) return zone;
  }
  return undefined;
}

function zoneIn(value: unknown): string | undefined {
  if (isElements(value) && value['url'] === timeZoneUrl) return textIn(value, 'valueCode');
  if (typeof value !== 'object' || value === null) return undefined;
  for (const one of Object.values(value)) {
    const zone = zoneIn(one);
    if (zone !== undefined) return zone;
  }
  return undefined;
}
