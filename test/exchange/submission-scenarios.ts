import { expect } from 'vitest';
import { mergePartial } from '../../src/course/merge-partial.ts';
import { partsOf, type PartWay } from '../../src/course/parts.ts';
import { readPartial } from '../../src/course/read-partial.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { writeJson, type JsonObject } from '../../src/json/json.ts';
import { randomOf, type Random } from '../../src/synthetic/random.ts';
import { saying } from '../course/partials.ts';
import { Ledger } from './submission-ledger.ts';

/** What a source may send of one course, with an order of its own each, and what must hold however it comes. */
export interface Sent {
  readonly kind: 'snapshot' | 'partial';
  readonly json: object;
}

export const eventKinds = ['snapshot', 'say', 'field', 'retract', 'new', 'within new', 'link to new'] as const;
export type EventKind = (typeof eventKinds)[number];

/** Submissions of these kinds, one version each, about a course; one snapshot at least. */
export function scenario(course: TreatmentCourse, kinds: readonly EventKind[], seed: number): readonly Sent[] {
  const random = randomOf(`submissions/${seed}`);
  const first = random.integer(0, kinds.length - 1);
  return kinds.map((kind, index) => {
    const version = index + 1;
    return event(course, kinds.includes('snapshot') || index !== first ? kind : 'snapshot', version, random);
  });
}

function event(course: TreatmentCourse, kind: EventKind, version: number, random: Random): Sent {
  if (kind === 'snapshot') return { kind, json: { ...variant(course, random), version } };
  const json = saying({ version, ...fieldsOf(course, kind, version, random) }, course);
  return { kind: 'partial', json: json as object };
}

function fieldsOf(
  course: TreatmentCourse,
  kind: Exclude<EventKind, 'snapshot'>,
  version: number,
  random: Random,
): object {
  const at = '2026-04-01T10:00:00Z';
  switch (kind) {
    case 'say':
      return down(
        partWay(course, random),
        (part) => ({ ...withoutLists(part), corrected: { at, reason: `${version}` } }),
        course,
      );
    case 'field':
      return random.pick([
        { setting: random.pick(['inpatient', 'outpatient', null]) },
        { sourceSystem: `synthetic ${version}` },
      ]);
    case 'retract':
      return down(partWay(course, random), ({ id }) => ({ id, retracted: { at } }), course);
    case 'new':
      return {
        sessions: [
          { id: 'new', status: 'completed', note: `${version}`, sedation: [{ id: '1', scale: 'moaas', score: 5 }] },
        ],
      };
    case 'within new':
      return {
        sessions: [{ id: 'new', sedation: [{ id: `${random.integer(1, 3)}`, scale: 'moaas', score: version % 6 }] }],
      };
    default:
      return { adverseEvents: [{ id: 'new', sessionId: 'new', event: { key: 'nausea' }, note: `${version}` }] };
  }
}

/** The course with some parts taken out and something else said. */
function variant(course: TreatmentCourse, random: Random): TreatmentCourse {
  let left = { ...course, sourceSystem: `synthetic ${random.integer(1, 1000)}` } as unknown as JsonObject;
  for (let count = random.integer(0, 3); count > 0; count -= 1) {
    const { value } = readPartial(saying(fieldsOf(course, 'retract', 0, random), course));
    if (value !== undefined) left = mergePartial(left, value).course;
  }
  return left as unknown as TreatmentCourse;
}

function partWay(course: TreatmentCourse, random: Random): PartWay {
  const parts = partsOf(course);
  return parts[random.integer(0, parts.length - 1)]?.way ?? [];
}

const withoutLists = (part: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(part).filter(
      ([name, value]) => !Array.isArray(value) || name === 'items' || name === 'criteria' || name === 'statedSubscores',
    ),
  );

/** The partial that says one part, made of what it is. */
function down([[list, id] = ['', ''], ...rest]: PartWay, make: (part: JsonObject) => object, owner: object): object {
  const part = (owner as Record<string, readonly JsonObject[]>)[list]?.find((one) => one['id'] === id) ?? { id };
  return { [list]: [rest.length === 0 ? make(part) : { id, ...down(rest, make, part) }] };
}

/** Every order of a list. */
export function* permutations<T>(list: readonly T[]): Generator<readonly T[]> {
  if (list.length <= 1) yield list;
  for (const [index, one] of list.entries()) {
    for (const others of permutations(list.toSpliced(index, 1))) yield [one, ...others];
  }
}

/** Whichever order they come in, the course ends the same, and coming again changes nothing. */
export async function expectSameInEveryOrder(sent: readonly Sent[]): Promise<void> {
  let expected: string | undefined;
  for (const order of permutations(sent)) {
    const ledger = new Ledger();
    for (const { json, kind } of order) {
      const { state, issues } = await ledger.submit(json, kind);
      expect(['accepted', 'unchanged', 'superseded', 'pending'], writeJson(issues)).toContain(state);
    }
    expected ??= ledger.text;
    const told = (): string => writeJson(order.map(({ kind, json }) => [kind, (json as JsonObject)['version']]));
    expect(ledger.text, told()).toBe(expected);
    const states = [...ledger.states];
    for (const { json, kind } of order) expect((await ledger.submit(json, kind)).state, told()).not.toBe('accepted');
    expect(ledger.text).toBe(expected);
    expect(ledger.states).toEqual(states);
  }
  expect(expected).toBeDefined();
}
