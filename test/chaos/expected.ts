import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { contentOf } from './content.ts';
import { versionsUpTo } from './course-versions.ts';
import type { Population } from './marked-course.ts';
import { identifierKey } from './traffic.ts';

/** What must be on a server of one course, by the course format and the mapping alone. */
export interface Expected {
  readonly index: number;
  /** The content of every resource of the newest version, by `identifierKey`. */
  readonly now: ReadonlyMap<string, string>;
  /** What only older versions have: it is gone, never came, or stands as entered in error. */
  readonly left: ReadonlySet<string>;
}

export function expectedOf(population: Population, index: number, newest: number): Expected {
  const versions = versionsUpTo(population, index, newest).map(({ course }) => {
    const { resources } = mapCourse(course, shippedDefinitions);
    const keys = new Map(
      resources.map(({ uuid, identifier: { system, value } }) => [uuid, identifierKey(system, value)]),
    );
    const resolve = (reference: string): string | undefined => keys.get(reference.replace(/^urn:uuid:/, ''));
    return new Map(
      resources.map(({ resource, uuid }) => [
        keys.get(uuid) ?? '',
        contentOf(resource as unknown as JsonObject, resolve),
      ]),
    );
  });
  const now = versions.at(-1) ?? new Map<string, string>();
  return { index, now, left: new Set(versions.flatMap((keys) => [...keys.keys()]).filter((key) => !now.has(key))) };
}
