import {
  add,
  append,
  appendTimes,
  breakAt,
  contain,
  excuse,
  otherCode,
  pruned,
  put,
  recode,
  refer,
  remove,
  repeat,
  replace,
  retype,
  swapForExtensions,
  swapForValue,
} from './changes.ts';
import { fixedIn, inSnapshot, type Constraint } from './constraints.ts';
import { holderOf, placesOf, valueAt, type Json, type Place } from './places.ts';
import { concept, ofChoice, ofElement, ofType, strangeExtension, targets } from './samples.ts';

/** A resource that says something else in one place. */
export interface Mutant {
  /** What was done. */
  readonly how: string;
  readonly resource: Json;
}

/** What is mutated: the resource, and where in it the StructureDefinition begins (the resource, or an extension). */
export interface Subject {
  readonly resource: Json;
  readonly roots: (resource: Json) => readonly Json[];
}

type Change = (root: Json) => boolean;

/** The mutants of a resource that break one constraint; none where the resource has no place for it. */
export function* mutantsOf(constraint: Constraint, { resource, roots }: Subject): Generator<Mutant> {
  for (const [how, change] of changesFor(constraint)) {
    const mutant = structuredClone(resource);
    const changed = roots(mutant).map(change).includes(true);
    const broken = pruned(mutant) as Json;
    if (changed && JSON.stringify(broken) !== JSON.stringify(resource)) yield { how, resource: broken };
  }
}

function* changesFor(constraint: Constraint): Generator<readonly [string, Change]> {
  const { definition, element, kind, detail } = constraint;
  const places = (root: Json): Place[] => placesOf(definition, element.id, root);
  const holders = (root: Json): Json[] => holdersOf(constraint, root);
  const name = lastName(element.id);
  const each =
    (change: (place: Place) => boolean): Change =>
    (root) =>
      places(root).map(change).includes(true);
  switch (kind) {
    case 'min': {
      const spare = Number(detail) - 1;
      yield ['without it', (root) => remove(places(root), spare, false)];
      yield ['without the first', (root) => remove(places(root), spare, true)];
      if (name === 'coding') {
        yield ['another coding', each((place) => put(place, ofType['Coding']))];
        yield ['words for a coding', (root) => replace(holders(root), ['coding'], { text: 'other' })];
      }
      if (name === 'extension') yield ['a strange extension for it', each((place) => put(place, strangeExtension()))];
      if (name === 'value[x]') {
        yield ['extensions for a value', (root) => swapForExtensions(holders(root))];
        yield ['a reason for a value', (root) => excuse(holders(root))];
      }
      return;
    }
    case 'max':
      yield* tooMany(constraint, places, holders, name);
      return;
    case 'type':
      for (const [type, sample] of name === 'contained'
        ? []
        : Object.entries({ ...ofChoice[name], ...ofType, ...ofChoice[name] })) {
        if (detail.split(', ').includes(type)) continue;
        yield [`a ${type}`, (root) => retype(holders(root), name, type, sample)];
      }
      if (name === 'contained') yield ['a Basic', (root) => contain(holders(root), 1, ofElement['contained']?.[1])];
      return;
    case 'target':
      for (const target of targets) {
        yield [`a reference to a ${target}`, each((place) => refer(place, target))];
        yield [`a new reference to a ${target}`, (root) => addReference(constraint, holders(root), name, target)];
      }
      return;
    case 'fixed':
      yield* otherThan(fixedIn(element), each);
      yield ['one more that is not it', (root) => appendTimes(holders(root), name, ofElement[name]?.[0] ?? concept, 1)];
      return;
    case 'closed':
      yield ['one more that nobody named', (root) => append(holders(root), name, ofElement[name]?.[0])];
      return;
    case 'binding':
      yield ['a code that is not in it', each((place) => put(place, otherCode(valueAt(place))))];
      return;
    case 'invariant':
      yield ['broken', each((place) => breakAt(place, detail))];
      return;
    case 'minValue':
      yield ['one less', each((place) => put(place, Number(detail) - 1))];
      return;
    case 'maxValue':
      yield ['one more', each((place) => put(place, Number(detail) + 1))];
      return;
  }
}

const lastName = (id: string): string => (id.split('.').at(-1) ?? '').split(':')[0] ?? '';

/** What would hold the element. */
function holdersOf({ definition, element }: Constraint, root: Json): Json[] {
  const above = element.id.split('.').slice(0, -1).join('.');
  if (above === '') return [];
  const name = lastName(element.id);
  return placesOf(definition, above, root).flatMap((place) => {
    const holder = holderOf(place, name);
    return holder === undefined ? [] : [holder];
  });
}

function* tooMany(
  { definition, element, detail }: Constraint,
  places: (root: Json) => Place[],
  holders: (root: Json) => Json[],
  name: string,
): Generator<readonly [string, Change]> {
  const max = Number(detail);
  if (max > 0) {
    yield [`${max + 1} of it`, (root) => repeat(places(root), max)];
    if (element.sliceName === undefined && name !== 'extension') {
      const sample = ofElement[name]?.[0] ?? ofType[inSnapshot(definition, element.id)?.type?.[0]?.code ?? ''];
      yield ['more of another', (root) => appendTimes(holders(root), name, sample, max)];
    }
  }
  if (name === 'contained') {
    yield [`${max + 1} of them`, (root) => contain(holders(root), max + 1, ofElement['contained']?.[0])];
    return;
  }
  if (name === 'dataAbsentReason') yield ['a reason for a value', (root) => excuse(holders(root))];
  if (definition.type === 'Extension' && name === 'extension') {
    yield ['extensions for a value', (root) => swapForExtensions(holders(root))];
  } else if (definition.type === 'Extension' && name === 'value[x]') {
    yield ['a value for extensions', (root) => swapForValue(holders(root))];
  } else if (name.endsWith('[x]')) {
    for (const type of ['String', 'Quantity', 'CodeableConcept']) {
      yield [`a ${type}`, (root) => add(holders(root), `${name.slice(0, -3)}${type}`, ofType[type] ?? 'other')];
    }
  } else if (element.sliceName === undefined) {
    const isList = (inSnapshot(definition, element.id)?.base?.max ?? '*') === '*';
    const type = inSnapshot(definition, element.id)?.type?.[0]?.code ?? '';
    for (const sample of ofElement[name] ?? [ofType[type]]) {
      const value = isList ? Array.from({ length: max + 1 }, () => structuredClone(sample)) : sample;
      yield [`${max + 1} new`, (root) => add(holders(root), name, value)];
    }
  }
}

function* otherThan(
  fixed: unknown,
  each: (change: (place: Place) => boolean) => Change,
): Generator<readonly [string, Change]> {
  if (typeof fixed === 'boolean') yield ['the contrary', each((place) => put(place, !fixed))];
  else if (typeof fixed === 'string') {
    yield ['another', each((place) => put(place, fixed.includes(':') ? 'https://other.example.org/codes' : 'other'))];
  } else {
    // The first that R4 accepts in the place counts: categories are of a closed list, units of UCUM.
    for (const code of ['survey', 'exam', 'kg', 'other']) {
      yield [`code ${code}`, each((place) => recode(valueAt(place), code))];
    }
  }
}

function addReference(
  { definition, element }: Constraint,
  holders: readonly Json[],
  name: string,
  target: string,
): boolean {
  if (name.endsWith('[x]')) return false;
  const value = { reference: `${target}/other` };
  const isList = inSnapshot(definition, element.id)?.base?.max === '*';
  return add(
    holders.filter((holder) => !(name in holder)),
    name,
    isList ? [value] : value,
  );
}
