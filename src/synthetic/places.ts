import type { Ref } from '../course/schema.ts';
import type { Random } from './random.ts';

/** Where a synthetic course takes place. No such place exists. */
export interface Place {
  /** The first label of its host name below example.org. */
  readonly host: string;
  readonly name: string;
}

/** A URI of the place: `https://<host>.example.org/<path>`. */
export const uriAt = (place: Place, path: string): string => `https://${place.host}.example.org/${path}`;

/** A reference the way sources have them: an id of a system, with or without a name, a name only, an id only. */
export function refTo(system: string, id: string, name: string, random: Random): Ref {
  return random.weighted<Ref>([
    [4, { system, id }],
    [3, { system, id, name }],
    [2, { name }],
    [1, { id }],
  ]);
}

/** The people of a place. */
export interface Staff {
  /** Somebody of the place, in some form of reference. */
  someone(random: Random): Ref;
}

/** The staff of a place: a few people who come again and again, as invented as their names. */
export function staffOf(place: Place, names: readonly [string, ...string[]]): Staff {
  const system = uriAt(place, 'staff');
  return {
    someone: (random) => {
      const number = random.integer(0, names.length - 1);
      return refTo(system, `E${number + 1}`, names[number] ?? names[0], random);
    },
  };
}
