import { fixedIn, inSnapshot, type Constraint } from './constraints.ts';
import { breaks } from './invariants.ts';
import { holderOf, isObject, namesOf, placesOf, valueAt, type Json, type Place } from './places.ts';
import { ofElement, ofType, strangeExtension, targets } from './samples.ts';

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
    const changed = roots(mutant).map(change);
    if (changed.includes(true)) yield { how, resource: pruned(mutant) as Json };
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
      if (name === 'coding') yield ['another coding', each((place) => put(place, ofType['Coding']))];
      if (name === 'value[x]') yield ['extensions for a value', (root) => swapForExtensions(holders(root))];
      return;
    }
    case 'max':
      yield* tooMany(constraint, places, holders, name);
      return;
    case 'type':
      for (const [type, sample] of name === 'contained' ? [] : Object.entries(ofType)) {
        if (detail.split(', ').includes(type)) continue;
        yield [`a ${type}`, (root) => retype(holders(root), name, type, sample)];
      }
      if (name === 'contained') yield ['a Basic', (root) => add(holders(root), name, [ofElement['contained']?.[1]])];
      return;
    case 'target':
      for (const target of targets) {
        yield [`a reference to a ${target}`, each((place) => refer(place, target))];
        yield [`a new reference to a ${target}`, (root) => addReference(constraint, holders(root), name, target)];
      }
      return;
    case 'fixed':
      yield* otherThan(fixedIn(element), each);
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
  if (max > 0) yield [`${max + 1} of it`, (root) => repeat(places(root), max + 1)];
  if (definition.type === 'Extension' && name === 'extension') {
    yield ['extensions for a value', (root) => swapForExtensions(holders(root))];
  } else if (definition.type === 'Extension' && name === 'value[x]') {
    yield ['a value for extensions', (root) => swapForValue(holders(root))];
  } else if (name.endsWith('[x]')) {
    for (const type of ['String', 'Quantity', 'CodeableConcept']) {
      yield [`a ${type}`, (root) => add(holders(root), `${name.slice(0, -3)}${type}`, ofType[type] ?? 'other')];
    }
  } else {
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

function recode(value: unknown, code: string): boolean {
  if (!isObject(value)) return false;
  if (Array.isArray(value['coding'])) return value['coding'].map((one) => recode(one, code)).includes(true);
  if (value['code'] === code) return false;
  value['code'] = code;
  delete value['display'];
  if ('unit' in value) value['unit'] = code;
  return true;
}

function put({ holder, key }: Place, value: unknown): boolean {
  if (value === undefined) return false;
  (holder as Json)[key] = structuredClone(value);
  return true;
}

function otherCode(value: unknown): unknown {
  if (typeof value === 'string') return 'other';
  if (!isObject(value)) return undefined;
  if ('value' in value) return { ...value, unit: 'kPa', code: 'kPa' };
  return 'coding' in value || 'text' in value ? ofType['CodeableConcept'] : ofType['Coding'];
}

/** Leaves `spare` of them. */
function remove(places: readonly Place[], spare: number, fromStart: boolean): boolean {
  const gone = fromStart ? places.slice(0, places.length - spare) : places.slice(spare);
  for (const { holder, key } of gone.toReversed()) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else {
      delete holder[key];
      delete holder[`_${key}`];
    }
  }
  return gone.length > 0;
}

function repeat(places: readonly Place[], count: number): boolean {
  const [first] = places;
  if (first === undefined || !Array.isArray(first.holder)) return false;
  for (let i = places.length; i < count; i += 1) first.holder.push(structuredClone(valueAt(first)));
  return true;
}

function add(holders: readonly Json[], name: string, value: unknown): boolean {
  for (const holder of holders) holder[name] = structuredClone(value);
  return holders.length > 0;
}

function append(holders: readonly Json[], name: string, value: unknown): boolean {
  for (const holder of holders) {
    const known = holder[name];
    holder[name] = [...(Array.isArray(known) ? (known as unknown[]) : []), structuredClone(value)];
  }
  return holders.length > 0;
}

function retype(holders: readonly Json[], name: string, type: string, sample: unknown): boolean {
  const having = holders.filter((holder) => namesOf(holder, name).length > 0);
  for (const holder of having) {
    for (const key of namesOf(holder, name)) {
      delete holder[key];
      delete holder[`_${key}`];
    }
    holder[`${name.slice(0, -3)}${type.charAt(0).toUpperCase()}${type.slice(1)}`] = structuredClone(sample);
  }
  return having.length > 0;
}

function refer(place: Place, target: string): boolean {
  const value = valueAt(place);
  const { extension } = isObject(value) ? value : {};
  return put(place, { ...(extension !== undefined && { extension }), reference: `${target}/other` });
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

function swapForExtensions(holders: readonly Json[]): boolean {
  const having = holders.filter((holder) => namesOf(holder, 'value[x]').length > 0 && 'url' in holder);
  for (const holder of having) {
    for (const key of Object.keys(holder)) if (/^_?value/.test(key)) delete holder[key];
    holder['extension'] = [strangeExtension()];
  }
  return having.length > 0;
}

function swapForValue(holders: readonly Json[]): boolean {
  for (const holder of holders) {
    delete holder['extension'];
    holder['valueString'] = 'other';
  }
  return holders.length > 0;
}

function breakAt(place: Place, key: string): boolean {
  const value = valueAt(place);
  const change = breaks[key];
  if (change === undefined || !isObject(value)) return false;
  change(value);
  return true;
}

/** Without what holds nothing any more: FHIR has no empty elements. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned).filter((one) => one !== undefined);
  if (!isObject(value)) return value;
  const left = Object.entries(value)
    .map(([name, one]) => [name, pruned(one)] as const)
    .filter(([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}
