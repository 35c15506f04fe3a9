import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { base } from '../../../src/definitions/terminology.ts';
import { shippedDefinitions } from '../../../src/definitions/definitions.ts';
import { writeJson } from '../../../src/json/json.ts';
import { bundleOf, mapCourse } from '../../../src/mapping/course-to-bundle.ts';
import { retracted } from '../../../src/mapping/retraction.ts';
import { bundleOfText, bundleTextOf, jsonOf } from '../../laws/courses.ts';
import { artefacts } from '../../definitions/artefacts.ts';
import type { TreatmentCourse } from '../../../src/course/schema.ts';
import type { Judge } from '../judge.ts';
import { constraintsOf, definitions, type Constraint, type StructureDefinition } from './constraints.ts';
import { mutantsOf, type Mutant, type Subject } from './mutants.ts';
import { isObject, type Json } from './places.ts';

/**
 * Whether the profiles bite: for each constraint that one of ours adds, a mutant of a valid resource that R4 accepts and
 * our profile refuses. R4 is asked about the same mutant without its claim, and with every canonical of ours renamed to
 * one that nobody knows.
 */

export interface Bitten {
  readonly constraint: Constraint;
  /** The mutant that R4 accepts and we refuse; undefined where none was found. */
  readonly mutant: Mutant | undefined;
  readonly tried: number;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * What the examples and golden courses are written as, what was taken back, what they lack, and our Questionnaires, which
 * have extensions of ours too.
 */
export function valid(): Json[] {
  const paths = globSync(['profiles/examples/*/course.json', 'test/golden/*.course.json'], { cwd: root }).toSorted();
  const rest = 'test/conformance/bite/rest.course.json';
  const bundles = [
    ...[...paths, rest].map((path) => bundleTextOf(courseIn(path), 'logical', 'ours')),
    ...['test/golden/everything.course.json', rest].map((path) => takenBack(courseIn(path))),
  ];
  const written = bundles.flatMap(resourcesIn);
  const forms = ['questionnaires', 'plandefinitions'].flatMap((folder) => [...artefacts<Json>(folder).values()]);
  return [...written, ...forms].toSorted((one, other) => sizeOf(one) - sizeOf(other));
}

// The smallest come first: they are judged soonest.
const sizeOf = (resource: Json): number => JSON.stringify(resource).length;

const courseIn = (path: string): TreatmentCourse =>
  jsonOf(readFileSync(`${root}${path}`, 'utf8')) as unknown as TreatmentCourse;

/** A course of which every part was taken back. */
function takenBack(course: TreatmentCourse): string {
  const mappedCourse = mapCourse(course, shippedDefinitions);
  const resources = mappedCourse.resources.map((one) => retracted(one, { at: '2026-01-05', reason: 'other' }));
  return writeJson(bundleOf({ ...mappedCourse, resources }, 'logical', 'ours'));
}

/** The resources of a Bundle, each for itself: their references are literal. */
function resourcesIn(bundle: string): Json[] {
  const { entry } = bundleOfText(bundle);
  const literal = new Map(entry.map(({ fullUrl, resource }) => [fullUrl, `${resource?.resourceType}/${resource?.id}`]));
  const withLiteral = (name: string, value: unknown): unknown =>
    name === 'reference' && typeof value === 'string' ? (literal.get(value) ?? value) : value;
  return entry.flatMap(({ resource }) =>
    resource === undefined ? [] : [JSON.parse(JSON.stringify(resource, withLiteral)) as Json],
  );
}

/** The resources that a StructureDefinition speaks of, as what its constraints are tried on. */
export function subjectsOf(definition: StructureDefinition, resources: readonly Json[]): Subject[] {
  if (definition.type === 'Extension') {
    const roots = (resource: Json): Json[] => [...withUrl(resource, definition.url)];
    return resources.filter((one) => roots(one).length > 0).map((resource) => ({ resource, roots }));
  }
  return resources
    .filter((one) => claims(one, definition.url))
    .map((resource) => ({ resource, roots: (one) => [one] }));
}

const claims = ({ meta }: Json, url: string): boolean =>
  isObject(meta) && Array.isArray(meta['profile']) && meta['profile'].includes(url);

function* withUrl(value: unknown, url: string): Generator<Json> {
  if (Array.isArray(value)) for (const one of value) yield* withUrl(one, url);
  if (!isObject(value)) return;
  if (value['url'] === url && !('resourceType' in value)) yield value;
  for (const one of Object.values(value)) yield* withUrl(one, url);
}

/** The same resource as R4 alone sees it. */
export function toR4Alone(resource: Json): Json {
  const { meta: _claim, ...rest } = resource;
  return JSON.parse(JSON.stringify(rest).replaceAll(`${base}/`, 'https://unknown.example.org/')) as Json;
}

/** Mutants that are tried for one constraint, one a round: the first that bites ends it. */
const MOST = 14;

export async function biteAll(judge: Judge['judge']): Promise<Bitten[]> {
  const resources = await faultless(valid(), judge);
  const open = definitions.flatMap((definition) => {
    const subjects = subjectsOf(definition, resources);
    return constraintsOf(definition).map((constraint) => ({ constraint, mutants: someOf(constraint, subjects) }));
  });
  const bitten = new Map<Constraint, Mutant>();
  for (let round = 0; round < MOST; round += 1) {
    const tries = open.flatMap(({ constraint, mutants }) => {
      const mutant = mutants[round];
      return mutant === undefined || bitten.has(constraint) ? [] : [{ constraint, mutant }];
    });
    const ours = await judge(tries.map(({ mutant }) => mutant.resource));
    const refused = tries.filter((_, index) => (ours[index]?.errors ?? 0) > 0);
    const r4 = await judge(refused.map(({ mutant }) => toR4Alone(mutant.resource)));
    refused.forEach(({ constraint, mutant }, index) => {
      if (r4[index]?.errors === 0) bitten.set(constraint, mutant);
    });
  }
  return open.map(({ constraint, mutants }) => ({
    constraint,
    mutant: bitten.get(constraint),
    tried: mutants.length,
  }));
}

/** Mutants of the first resources that have a place for the constraint. */
function someOf(constraint: Constraint, subjects: readonly Subject[]): Mutant[] {
  const found: Mutant[] = [];
  let used = 0;
  for (const subject of subjects) {
    const mutants = [...mutantsOf(constraint, subject)];
    if (mutants.length === 0) continue;
    found.push(...mutants);
    used += 1;
    if (used === 2 || found.length >= MOST) break;
  }
  return found.slice(0, MOST);
}

/** Enough resources of each kind that both R4 and our profiles accept: a mutant proves nothing where its origin is refused. */
async function faultless(resources: readonly Json[], judge: Judge['judge']): Promise<Json[]> {
  const telling = tellingOnes(resources);
  const ours = await judge(telling);
  const r4 = await judge(telling.map(toR4Alone));
  return telling.filter((_, index) => ours[index]?.errors === 0 && r4[index]?.errors === 0);
}

/** The resources that have an element or a code of ours which none before them had: a hundred tell what thousands do. */
export function tellingOnes(resources: readonly Json[]): Json[] {
  const seen = new Set<string>();
  return resources.filter((resource) => {
    const kind = JSON.stringify((resource['meta'] as Json | undefined)?.['profile'] ?? resource['resourceType']);
    const before = seen.size;
    for (const trait of traitsOf(resource, kind)) seen.add(trait);
    return seen.size > before;
  });
}

function* traitsOf(value: unknown, above: string): Generator<string> {
  if (Array.isArray(value)) {
    if (value.length > 1) yield `${above}[2]`;
    for (const one of value) yield* traitsOf(one, above);
  } else if (isObject(value)) {
    const { url, code } = value;
    if (typeof url === 'string' && url.startsWith(base)) yield `${above} ${url}`;
    const codings = isObject(code) && Array.isArray(code['coding']) ? (code['coding'] as Json[]) : [];
    const own = codings.find(({ system }) => typeof system === 'string' && system.startsWith(base));
    const at = own === undefined ? above : `${above}/${String(own['code'])}`;
    // Answers to Questionnaires are not what profiles speak of.
    for (const [name, one] of Object.entries(value)) {
      yield `${at}.${name}`;
      if (name !== 'item') yield* traitsOf(one, `${at}.${name}`);
    }
  }
}

/** One line a constraint. */
export const lineOf = ({ constraint: { definition, element, kind, detail }, mutant, tried }: Bitten): string =>
  `${definition.id}  ${element.id}  ${kind} ${detail}  ->  ${mutant?.how ?? `NONE of ${tried}`}`;
