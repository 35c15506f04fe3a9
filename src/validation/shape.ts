import { isJsonNumber } from '../json/json.ts';
import type { Check, Run } from './run.ts';

/** A property that an object may have, by its JSON name. */
export interface Property {
  /** Its place in a path: `status`, `value.ofType(Quantity)`. */
  readonly segment: string;
  /** A bit that the names of one choice share, such as those of value[x]; 0 where there is no choice. */
  readonly choice: number;
  /** A bit that the names of an element share that must be there; 0 where it need not be. */
  readonly needed: number;
  readonly many: boolean;
  readonly max: number;
  /** What its values must be; of a primitive, the value itself. */
  readonly check: Check;
  /** Of a primitive: what `_name` must be. */
  readonly sibling: Check | undefined;
  /** Of a primitive: what is wrong where it has no value. */
  readonly absent: Check | undefined;
}

export interface Requirement {
  readonly element: string;
  /** The JSON names that satisfy it. */
  readonly names: readonly string[];
  readonly min: number;
}

/** What an object of a type or of a backbone element may hold. */
export interface Shape {
  readonly properties: ReadonlyMap<string, Property>;
  readonly required: readonly Requirement[];
  /** The bits of all that must be there. */
  readonly allNeeded: number;
  /** Checks of the object as a whole: invariants, and what no table says. */
  readonly checks: readonly Check[];
  /** What a resource has and a data type has not. */
  readonly isResource: boolean;
}

/** Checks an object of this shape, and everything in it. */
export function checkObject(shape: Shape, value: unknown, run: Run): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isJsonNumber(value)) {
    run.report(value === null ? 'empty-element' : 'wrong-json-shape', { expected: 'object' });
    return;
  }
  const object = value as Record<string, unknown>;
  run.objects.push(object);
  let count = 0;
  let choices = 0;
  let there = 0;
  // eslint-disable-next-line guard-for-in -- what a parser makes has no names but its own
  for (const name in object) {
    count += 1;
    const property = shape.properties.get(name);
    if (property === undefined) checkUnlisted(shape, object, name, run);
    else {
      if ((choices & property.choice) !== 0) run.report('unknown-element');
      choices |= property.choice;
      there |= property.needed;
      if (property.many) checkList(property, object[name], object, name, run);
      else checkSingle(property, object[name], run);
    }
  }
  if (count === 0) run.report('empty-element');
  const { required, checks } = shape;
  if (there !== shape.allNeeded) {
    for (const requirement of required) {
      if (!isThere(requirement, object)) run.report('too-few', { element: requirement.element, min: requirement.min });
    }
  }
  for (let index = 0; index < checks.length; index += 1) (checks[index] as Check)(object, run);
  run.objects.pop();
}

function isThere({ names, min }: Requirement, object: Record<string, unknown>): boolean {
  for (const name of names) {
    const value = object[name];
    if (value === undefined ? object[`_${name}`] !== undefined : min === 1) return true;
    if (Array.isArray(value) && value.length >= min) return true;
  }
  return false;
}

function checkSingle(property: Property, value: unknown, run: Run): void {
  if (run.enter(property.segment, -1)) {
    if (value === null) run.report('empty-element');
    else if (Array.isArray(value)) run.report('wrong-json-shape', { expected: property.sibling ? 'value' : 'object' });
    else property.check(value, run);
  }
  run.leave();
}

function checkList(property: Property, list: unknown, object: Record<string, unknown>, name: string, run: Run): void {
  if (!Array.isArray(list)) {
    run.enter(property.segment, -1);
    run.report('wrong-json-shape', { expected: 'list' });
    run.leave();
    return;
  }
  if (list.length === 0) {
    run.enter(property.segment, -1);
    run.report('empty-element');
    run.leave();
  }
  if (list.length > property.max) run.report('too-many', { element: property.segment, max: property.max });
  for (let index = 0; index < list.length; index += 1) {
    const value: unknown = list[index];
    if (run.enter(property.segment, index)) {
      if (value !== null) property.check(value, run);
      else if (property.sibling === undefined || !hasSibling(object, name, index)) run.report('empty-element');
    }
    run.leave();
  }
}

/** A primitive in a list may be null where the list of siblings says something about it. */
function hasSibling(object: Record<string, unknown>, name: string, index: number): boolean {
  const siblings = object[`_${name}`];
  return Array.isArray(siblings) && siblings[index] !== null && siblings[index] !== undefined;
}

/** A property that the shape does not list: what `_name` says of a primitive, comments of old, or something unknown. */
function checkUnlisted(shape: Shape, object: Record<string, unknown>, name: string, run: Run): void {
  if (shape.isResource && name === 'resourceType') return;
  const property = name.startsWith('_') ? shape.properties.get(name.slice(1)) : undefined;
  if (property?.sibling === undefined) {
    run.report('unknown-element');
    return;
  }
  const value = object[name];
  if (property.many) checkSiblings(property, property.sibling, value, object[name.slice(1)], run);
  else {
    if (run.enter(property.segment, -1)) {
      property.sibling(value, run);
      if (object[name.slice(1)] === undefined) property.absent?.(undefined, run);
    }
    run.leave();
  }
}

function checkSiblings(property: Property, sibling: Check, list: unknown, values: unknown, run: Run): void {
  if (!Array.isArray(list)) {
    run.enter(property.segment, -1);
    run.report('wrong-json-shape', { expected: 'list' });
    run.leave();
    return;
  }
  for (let index = 0; index < list.length; index += 1) {
    const one: unknown = list[index];
    if (run.enter(property.segment, index)) {
      if (one !== null) sibling(one, run);
      else if (!Array.isArray(values) || values[index] === null || values[index] === undefined)
        run.report('empty-element');
    }
    run.leave();
  }
}
