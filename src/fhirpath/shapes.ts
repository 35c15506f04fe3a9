import { isPrimitive } from './kinds.ts';
import type { Model } from './model.ts';

/** Where a step of a path leads in the JSON of an object. */
export interface Hop {
  /** The element's own name, and its name in JSON: value, valueQuantity. */
  readonly key: string;
  /** Where a primitive's id and extensions stand. */
  readonly sibling: string | undefined;
  readonly type: string;
  /** Whether only the resource itself says its type. */
  readonly isResource: boolean;
}

/** How elements stand in JSON, by type; asked of the model once each. */
export class Shapes {
  readonly #model: Model;
  readonly #byName = new Map<string, Map<string, readonly Hop[]>>();
  readonly #byKey = new Map<string, ReadonlyMap<string, Hop>>();
  readonly #known = new Set<string>();

  constructor(model: Model) {
    this.#model = model;
  }

  /** What an element's name means on a type; empty where it means nothing. */
  hops(type: string, name: string): readonly Hop[] {
    let names = this.#byName.get(type);
    if (names === undefined) this.#byName.set(type, (names = new Map<string, readonly Hop[]>()));
    let hops = names.get(name);
    if (hops === undefined) {
      hops = this.#hopsOf(type, name);
      // Names come from expressions, types from the model: neither is as many as somebody likes.
      names.set(name, hops);
    }
    return hops;
  }

  /** Every JSON name of a type. */
  keys(type: string): ReadonlyMap<string, Hop> {
    let keys = this.#byKey.get(type);
    if (keys === undefined) {
      const hops = this.#model.elements(type).flatMap((name) => this.#ofElement(type, name));
      keys = new Map(hops.map((hop) => [hop.key, hop]));
      this.#byKey.set(type, keys);
    }
    return keys;
  }

  /** The type of a resource by what it says; of one that nobody knows, no more than that it is one. */
  resourceType(resource: unknown): string {
    const type = (resource as { resourceType?: unknown } | null | undefined)?.resourceType;
    if (typeof type !== 'string') return 'Resource';
    if (this.#known.has(type)) return type;
    if (!/^[A-Z][A-Za-z]{1,60}$/.test(type) || !this.isSubtype(type, 'Resource')) return 'Resource';
    this.#known.add(type);
    return type;
  }

  isSubtype(type: string, ancestor: string): boolean {
    for (let one: string | undefined = type, steps = 0; one !== undefined && steps < 20; steps += 1) {
      if (one === ancestor) return true;
      one = this.#model.base(one);
    }
    return false;
  }

  /** Whether FHIR has a type of this name. */
  isType(name: string): boolean {
    return isPrimitive(name) || this.#model.base(name) !== undefined || this.#model.elements(name).length > 0;
  }

  #hopsOf(type: string, name: string): readonly Hop[] {
    const hops = this.#ofElement(type, name);
    if (hops.length > 0) return hops;
    // Not FHIRPath's, but profiles write it and every engine reads it: valueQuantity.
    const named = this.keys(type).get(name);
    return named === undefined ? [] : [named];
  }

  #ofElement(type: string, name: string): readonly Hop[] {
    const info = this.#model.element(type, name);
    if (info === undefined) return [];
    return info.types.map((each) => {
      const key = info.choice ? name + each.charAt(0).toUpperCase() + each.slice(1) : name;
      const sibling = isPrimitive(each) ? `_${key}` : undefined;
      return { key, sibling, type: each, isResource: this.isSubtype(each, 'Resource') };
    });
  }
}

const shapesOfModels = new WeakMap<Model, Shapes>();

export function shapesOf(model: Model): Shapes {
  let shapes = shapesOfModels.get(model);
  if (shapes === undefined) shapesOfModels.set(model, (shapes = new Shapes(model)));
  return shapes;
}
