import type { Issue } from '../outcome/issue.ts';
import { catalogue, type IssueCode } from '../outcome/catalogue.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import type { Surroundings } from '../fhirpath/model.ts';
import { textOf } from './text-of.ts';
import type { BundleView } from './bundle-view.ts';
import type { Place } from './contexts.ts';
import { placeIn, type Places } from './places.ts';

/** A check of one value: it says what is wrong to the run, and nothing where all is well. */
export type Check = (value: unknown, run: Run) => void;

type Facts = NonNullable<Issue['facts']>;

/** More issues help nobody, and a resource may be made so that every byte of it is one. */
const mostIssues = 1000;

/** FHIR nests no deeper in practice; what is nested deeper would be a resource made to exhaust a reader. */
const deepest = 200;

/** One resource being checked: where the check is, what stands around it, and what was found. */
export class Run {
  readonly issues: Issue[] = [];
  /** The objects that hold what is checked, the outermost first. */
  readonly objects: unknown[] = [];
  readonly claims: boolean;
  notes: boolean;
  /** The resource that the value is in, and the outermost one that holds it as contained. */
  resource: JsonObject = {};
  root: JsonObject = {};
  bundle: BundleView | undefined;
  readonly around: Surroundings & { resource: unknown; rootResource: unknown };
  readonly #names: string[] = [];
  readonly #indexes: number[] = [];
  #conforming: Map<Check, Map<JsonObject, boolean>> | undefined;
  #ids: Set<string> | undefined;
  #contained: { readonly root: JsonObject; readonly byId: ReadonlyMap<unknown, JsonObject> } | undefined;
  #depth = 0;
  #resourceDepth = 0;
  #silent = 0;
  #silentFaults = 0;

  /** `claims`: whether the profiles count that resources claim in meta.profile. */
  constructor(claims: boolean, notes: boolean) {
    this.claims = claims;
    this.notes = notes;
    const resolve = (reference: string): unknown => this.resolve(reference);
    this.around = { resource: this.resource, rootResource: this.root, resolve };
  }

  /** Goes to an element: its name, and its place in a list, or -1. False where it is too deep to go on. */
  enter(name: string, index: number): boolean {
    const at = this.#depth;
    this.#names[at] = name;
    this.#indexes[at] = index;
    this.#depth = at + 1;
    if (at < deepest) return true;
    this.report('nested-too-deeply');
    return false;
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Says that something is wrong here. Facts are words of profiles, never of the resource. */
  report(code: IssueCode, facts?: Facts): void {
    this.reportPlace(code, this.#silent > 0 ? '' : this.at, facts);
  }

  /** Whether a check finds nothing; what it finds is not reported. */
  passes(check: Check, value: unknown): boolean {
    const before = this.#silentFaults;
    this.#silent += 1;
    check(value, this);
    this.#silent -= 1;
    return this.#silentFaults === before;
  }

  /** Says that something is wrong at a place that another walk found. */
  reportPlace(code: IssueCode, at: string, facts?: Facts): void {
    if (this.#silent > 0) {
      if (catalogue[code].severity === 'error') this.#silentFaults += 1;
      return;
    }
    const { length } = this.issues;
    if (length < mostIssues) this.issues.push(facts === undefined ? { code, at } : { code, at, facts });
    else if (length === mostIssues) this.issues.push({ code: 'more-issues', at: '', facts: { listed: mostIssues } });
  }

  /** Runs a check that leaves out what could not be looked up. */
  withoutNotes(check: () => void): void {
    const before = this.notes;
    this.notes = false;
    check();
    this.notes = before;
  }

  /** Says it of an element below. */
  reportAt(name: string, index: number, code: IssueCode, facts?: Facts): void {
    this.enter(name, index);
    this.report(code, facts);
    this.leave();
  }

  /** Says it of the element that this one is in. */
  reportAbove(code: IssueCode, facts?: Facts): void {
    this.#depth -= 1;
    this.report(code, facts);
    this.#depth += 1;
  }

  /** The name of the element that is checked, and whether it is part of an extension. */
  get name(): string {
    return this.#names[this.#depth - 1] ?? '';
  }

  get isInExtension(): boolean {
    return this.#depth > 1 && (this.#names[this.#depth - 2] ?? '').endsWith('xtension');
  }

  /** Where the element stands that the checked one is in, from its resource down. */
  get place(): Place {
    return {
      resourceType: textOf(this.resource['resourceType']),
      names: this.#names.slice(this.#resourceDepth, this.#depth - 1),
    };
  }

  /** What is known of the place where the element stands that the checked one is in. */
  knownHere<T>(places: Places<T>): Places<T> {
    let at = placeIn(places, textOf(this.resource['resourceType']));
    for (let depth = this.#resourceDepth; depth < this.#depth - 1; depth += 1)
      at = placeIn(at, this.#names[depth] ?? '');
    return at;
  }

  /** Notes the id of an element; false where another of the same resource has it. */
  isNewId(id: string): boolean {
    this.#ids ??= new Set();
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    return true;
  }

  /** Whether a resource elsewhere conforms. References may go in circles: what is being asked already is taken for so. */
  conforms(resource: JsonObject, check: Check): boolean {
    this.#conforming ??= new Map();
    let known = this.#conforming.get(check);
    if (known === undefined) this.#conforming.set(check, (known = new Map<JsonObject, boolean>()));
    const before = known.get(resource);
    if (before !== undefined) return before;
    known.set(resource, true);
    let passes = true;
    this.within(resource, false, () => (passes = this.passes(check, resource)));
    known.set(resource, passes);
    return passes;
  }

  /** The place as FHIRPath from the root of the resource. */
  get at(): string {
    let at = '';
    for (let depth = 0; depth < this.#depth; depth += 1) {
      const index = this.#indexes[depth] ?? -1;
      at += `${depth === 0 ? '' : '.'}${this.#names[depth]}${index < 0 ? '' : `[${index}]`}`;
    }
    return at;
  }

  /** The resource that a reference leads to, where it is contained or in the same Bundle. */
  resolve(reference: string): JsonObject | undefined {
    if (reference.startsWith('#')) {
      const id = reference.slice(1);
      return id === '' ? this.root : this.#containedById().get(id);
    }
    return this.bundle?.resourceOf(reference);
  }

  #containedById(): ReadonlyMap<unknown, JsonObject> {
    if (this.#contained?.root !== this.root) {
      const { contained } = this.root;
      const resources = Array.isArray(contained) ? (contained as readonly unknown[]).filter(isJsonObject) : [];
      const byId = new Map(resources.toReversed().map((one) => [one['id'], one]));
      this.#contained = { root: this.root, byId };
    }
    return this.#contained.byId;
  }

  /** Checks within a resource that lies in another; contained ones belong to the same root. */
  within(resource: JsonObject, isContained: boolean, check: () => void): void {
    const { resource: before, root: rootBefore } = this;
    const [depthBefore, idsBefore] = [this.#resourceDepth, this.#ids];
    this.#stand(resource, isContained ? rootBefore : resource);
    this.#resourceDepth = this.#depth;
    this.#ids = undefined;
    check();
    this.#stand(before, rootBefore);
    this.#resourceDepth = depthBefore;
    this.#ids = idsBefore;
  }

  #stand(resource: JsonObject, root: JsonObject): void {
    this.resource = resource;
    this.root = root;
    this.around.resource = resource;
    this.around.rootResource = root;
  }
}
