import { isJsonObject } from '../json/json.ts';
import type { Check, Run } from './run.ts';
import type { SlicesCheck } from './slicing.ts';

/** What a profile demands of an element of an object, beyond what its type does. */
export interface Demand {
  /** `value[x]`, `category`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly many: boolean;
  /** What may hold it: its JSON names, each with its type. */
  readonly names: readonly DemandedName[];
  readonly slices: SlicesCheck | undefined;
}

export interface DemandedName {
  readonly json: string;
  readonly type: string;
  /** `value.ofType(Quantity)`. */
  readonly segment: string;
  /** Where a value of it is out of place: at itself, or at what holds it, as HL7's validator says it. */
  readonly fault: 'at-value' | 'at-parent' | undefined;
  readonly check: Check | undefined;
}

interface Named {
  readonly demand: Demand;
  readonly name: DemandedName;
  readonly sibling: string;
  /** A bit of what must be there, 0 where it need not be. */
  readonly needed: number;
}

/** So many elements that must be there are noted by bits; of further ones each object is asked. */
const mostBits = 31;

const none: readonly unknown[] = [];

/** So few names are asked for one by one; of more it is the object that is walked through. */
const fewNames = 4;

export function demandsCheck(demands: readonly Demand[]): Check {
  const names = demands.reduce((sum, demand) => sum + demand.names.length, 0);
  return names <= fewNames ? askingCheck(demands) : walkingCheck(demands);
}

function askingCheck(demands: readonly Demand[]): Check {
  const all = demands.map((demand) => ({
    demand,
    named: demand.names.map((name): Named => ({ demand, name, sibling: `_${name.json}`, needed: 0 })),
    needed: demand.min > 0 || demand.slices?.needsSome === true,
  }));
  return (value, run) => {
    if (!isJsonObject(value)) return;
    for (let at = 0; at < all.length; at += 1) {
      const { demand, named, needed } = all[at] as (typeof all)[number];
      let isHeld = false;
      for (let of = 0; of < named.length; of += 1) {
        const one = named[of] as Named;
        const held = value[one.name.json];
        if (held !== undefined) {
          isHeld = true;
          checkPresent(one, held, run);
        } else {
          const sibling = value[one.sibling];
          if (sibling !== undefined) {
            isHeld = true;
            checkPresent(one, withoutValue(sibling), run);
          }
        }
      }
      if (needed && !isHeld) sayMissing(demand, run);
    }
  };
}

/** Checks an object by what it holds: what is demanded of an element that is not there costs nothing but its absence. */
function walkingCheck(demands: readonly Demand[]): Check {
  const byName = new Map<string, Named>();
  const bySibling = new Map<string, Named>();
  const needed = demands.filter(({ min, slices }) => min > 0 || slices?.needsSome === true);
  const allNeeded = needed.length > mostBits ? -1 : 2 ** needed.length - 1;
  for (const demand of demands) {
    const at = needed.indexOf(demand);
    for (const name of demand.names) {
      const sibling = `_${name.json}`;
      const named = { demand, name, sibling, needed: at < 0 || at >= mostBits ? 0 : 1 << at };
      byName.set(name.json, named);
      bySibling.set(sibling, named);
    }
  }
  return (value, run) => {
    if (!isJsonObject(value)) return;
    let there = 0;
    for (const json in value) {
      const named = byName.get(json);
      if (named !== undefined) {
        there |= named.needed;
        checkPresent(named, value[json], run);
      } else if (json.charCodeAt(0) === underscore) {
        // A primitive may have no value, only what is said about it.
        const sibling = bySibling.get(json);
        if (sibling !== undefined && !(json.slice(1) in value)) checkPresent(sibling, withoutValue(value[json]), run);
      }
    }
    if (there === allNeeded) return;
    for (let at = 0; at < needed.length; at += 1) {
      const demand = needed[at] as Demand;
      if (isThere(demand, value)) continue;
      sayMissing(demand, run);
    }
  };
}

function sayMissing({ name, min, slices }: Demand, run: Run): void {
  if (min > 0) run.report('too-few', { element: name, min });
  slices?.check(none, name, '', false, run);
}

const underscore = 0x5f;
const withoutValue = (sibling: unknown): unknown => (Array.isArray(sibling) ? sibling.map(() => undefined) : undefined);

function isThere({ names }: Demand, object: Readonly<Record<string, unknown>>): boolean {
  for (let at = 0; at < names.length; at += 1) {
    const { json } = names[at] as DemandedName;
    if (object[json] !== undefined || object[`_${json}`] !== undefined) return true;
  }
  return false;
}

function checkPresent({ demand, name }: Named, value: unknown, run: Run): void {
  const { many, min, max, slices } = demand;
  if (!many) {
    if (max === 0) run.report('too-many', { element: demand.name, max });
    checkOne(name, value, -1, run);
    slices?.check([value], name.segment, name.type, false, run);
    return;
  }
  if (!Array.isArray(value)) return;
  const { length } = value;
  if (length < min) run.report('too-few', { element: demand.name, min });
  if (length > max) run.report('too-many', { element: demand.name, max });
  if (name.fault !== undefined || name.check !== undefined) {
    for (let index = 0; index < length; index += 1) checkOne(name, value[index], index, run);
  }
  slices?.check(value, name.segment, name.type, true, run);
}

function checkOne({ segment, fault, check }: DemandedName, value: unknown, index: number, run: Run): void {
  if (fault === 'at-parent') run.report('type-not-allowed', { element: segment });
  if (check === undefined && fault !== 'at-value') return;
  if (run.enter(segment, index)) {
    if (fault === 'at-value') run.report('type-not-allowed');
    else check?.(value, run);
  }
  run.leave();
}
