import type { Item } from './model.ts';
import { isPrimitive } from './kinds.ts';
import type { Hop, Shapes } from './shapes.ts';

/**
 * A path of names below one type, as hops through JSON. It looks at no more than the keys that the names can mean, and
 * makes nothing where nothing is there.
 */
interface Way {
  readonly hops: readonly Onward[];
  /** The hops by their keys, where they are more than an object commonly has. */
  readonly byKey: ReadonlyMap<string, Onward> | undefined;
}

const nowhere: Way = { hops: [], byKey: undefined };
/** From so many hops on it is quicker to look at what is there than for what could be. */
const manyHops = 6;

interface Onward extends Hop {
  /** Undefined at the end of the path. */
  readonly next: Way | undefined;
  /** How the path goes on in a resource, by the type that it says. */
  readonly within: ((type: string) => Way) | undefined;
  /** The path goes on in what stands beside a primitive. */
  readonly isBeside: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** The way of these names from values of a type. */
function wayOf(shapes: Shapes, type: string, names: readonly string[]): Way {
  const [name, ...rest] = names;
  if (name === undefined) return nowhere;
  const hops = shapes.hops(type, name).flatMap((hop) => onwardOf(shapes, hop, rest));
  return { hops, byKey: hops.length < manyHops ? undefined : new Map(hops.flatMap(keysOf)) };
}

/** Under which keys a hop finds something. */
function keysOf(hop: Onward): (readonly [string, Onward])[] {
  const sibling = hop.sibling === undefined ? [] : [[hop.sibling, hop] as const];
  return hop.isBeside ? sibling : [[hop.key, hop], ...(hop.next === undefined ? sibling : [])];
}

function onwardOf(shapes: Shapes, hop: Hop, rest: readonly string[]): readonly Onward[] {
  if (rest.length === 0) return [{ ...hop, next: undefined, within: undefined, isBeside: false }];
  if (hop.isResource) {
    const ways = new Map<string, Way>();
    const within = (type: string): Way => {
      let way = ways.get(type);
      if (way === undefined) ways.set(type, (way = wayOf(shapes, type, rest)));
      return way;
    };
    return [{ ...hop, next: nowhere, within, isBeside: false }];
  }
  const isBeside = hop.sibling !== undefined;
  const next = wayOf(shapes, isBeside ? 'Element' : hop.type, rest);
  return next.hops.length === 0 ? [] : [{ ...hop, next, within: undefined, isBeside }];
}

/** Whether the way leads to anything. */
function leads(way: Way, value: unknown, shapes: Shapes): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { hops, byKey } = way;
  if (byKey !== undefined) return leadsByKey(byKey, value as Fields, shapes);
  for (let at = 0; at < hops.length; at += 1) {
    const hop = hops[at] as Onward;
    const found = (value as Fields)[hop.isBeside ? (hop.sibling as string) : hop.key];
    if (found !== undefined && (hop.next === undefined ? isThere(found) : leadsOn(hop, hop.next, found, shapes)))
      return true;
    if (hop.sibling !== undefined && hop.next === undefined && isThere((value as Fields)[hop.sibling])) return true;
  }
  return false;
}

function leadsByKey(byKey: ReadonlyMap<string, Onward>, value: Fields, shapes: Shapes): boolean {
  // What a parser makes has no names but its own.
  // eslint-disable-next-line guard-for-in
  for (const key in value) {
    const hop = byKey.get(key);
    if (hop === undefined) continue;
    const found = value[key];
    if (hop.next === undefined ? isThere(found) : leadsOn(hop, hop.next, found, shapes)) return true;
  }
  return false;
}

function leadsOn(hop: Onward, next: Way, found: unknown, shapes: Shapes): boolean {
  if (!Array.isArray(found)) return leads(hop.within?.(shapes.resourceType(found)) ?? next, found, shapes);
  for (const one of found as unknown[]) {
    if (leads(hop.within?.(shapes.resourceType(one)) ?? next, one, shapes)) return true;
  }
  return false;
}

function isThere(value: unknown): boolean {
  if (!Array.isArray(value)) return value !== undefined && value !== null;
  for (const one of value as unknown[]) if (one !== null && one !== undefined && !Array.isArray(one)) return true;
  return false;
}

/** What the way leads to, in order, after what is there already. */
function follow(way: Way, value: unknown, shapes: Shapes, into: Item[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const hop of way.hops) {
    if (hop.next === undefined) take(hop, value as Fields, shapes, into);
    else {
      const found = (value as Fields)[hop.isBeside ? (hop.sibling as string) : hop.key];
      if (found === undefined) continue;
      for (const one of Array.isArray(found) ? (found as unknown[]) : [found]) {
        follow(hop.within?.(shapes.resourceType(one)) ?? hop.next, one, shapes, into);
      }
    }
  }
}

/** The items of one element. */
export function take(hop: Hop, from: Fields, shapes: Shapes, into: Item[]): void {
  const found = from[hop.key];
  const beside = hop.sibling === undefined ? undefined : from[hop.sibling];
  if (!Array.isArray(found) && !Array.isArray(beside)) return takeOne(hop, found, beside, shapes, into);
  const values: readonly unknown[] = Array.isArray(found) ? found : [found];
  const besides: readonly unknown[] = Array.isArray(beside) ? beside : [beside];
  for (let at = 0; at < Math.max(values.length, besides.length); at += 1) {
    const [value, other] = [values[at], besides[at]];
    if (!Array.isArray(value) && !Array.isArray(other)) takeOne(hop, value, other, shapes, into);
  }
}

function takeOne(hop: Hop, found: unknown, beside: unknown, shapes: Shapes, into: Item[]): void {
  const value = found ?? undefined;
  if (value === undefined && (beside === undefined || beside === null)) return;
  const type = hop.isResource ? shapes.resourceType(value) : hop.type;
  into.push(beside === undefined || beside === null ? { type, value } : { type, value, beside });
}

/** Every element directly below an item. */
export function childrenOf({ type, value, beside }: Item, shapes: Shapes, into: Item[]): void {
  if (isPrimitive(type)) {
    if (beside !== undefined) childrenOf({ type: 'Element', value: beside }, shapes, into);
    return;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const keys = shapes.keys(type);
  for (const key of Object.keys(value)) {
    const hop = keys.get(key);
    if (hop !== undefined) take(hop, value as Fields, shapes, into);
    else if (key.startsWith('_') && !(key.slice(1) in value)) {
      const bare = keys.get(key.slice(1));
      if (bare?.sibling !== undefined) take(bare, value as Fields, shapes, into);
    }
  }
}

/** What names lead to from an item. */
export interface Steps {
  leads(item: Item): boolean;
  follow(item: Item, into: Item[]): void;
}

/** The steps of a path of names, from items of one type. */
export function stepsOf(shapes: Shapes, type: string, names: readonly string[]): Steps {
  if (!isPrimitive(type)) {
    const way = wayOf(shapes, type, names);
    return {
      leads: ({ value }) => leads(way, value, shapes),
      follow: ({ value }, into) => follow(way, value, shapes, into),
    };
  }
  const way = wayOf(shapes, 'Element', names);
  return {
    leads: ({ beside }) => leads(way, beside, shapes),
    follow: ({ beside }, into) => follow(way, beside, shapes, into),
  };
}
