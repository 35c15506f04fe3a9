import { describe, expect, test } from 'vitest';
import { firstApproach, type Approach } from '../../src/exchange/approach.ts';
import { patientToMake, type Change } from '../../src/exchange/change.ts';
import { contentOf, uuidsInText } from '../../src/exchange/content.ts';
import { slicesOf, withoutThose } from '../../src/exchange/slices.ts';
import { course, resourcesOf } from './courses.ts';

const changes: readonly Change[] = resourcesOf(course).map((mapped) => ({
  wanted: { mapped, aim: 'held', since: 1, content: contentOf(mapped.resource) },
}));
const uuidOf = ({ wanted }: Change): string => wanted.mapped.uuid;
const namesOf = (change: Change): string[] => uuidsInText(change.wanted.content.text);

const approach = (more: Partial<Approach>, limits: Partial<Approach['limits']> = {}): Approach => ({
  ...firstApproach,
  ...more,
  limits: { ...firstApproach.limits, ...limits },
});

/** Whether all that a request refers to came before it, or comes with it where that is allowed. */
function isClosed(slices: readonly (readonly Change[])[], together: boolean): boolean {
  const before = new Set<string>();
  return slices.every((slice) => {
    const own = new Set(slice.map(uuidOf));
    const closed = slice.every((one) => namesOf(one).every((uuid) => before.has(uuid) || (together && own.has(uuid))));
    for (const uuid of own) before.add(uuid);
    return closed;
  });
}

describe('transactions', () => {
  test.each([1, 2, 3, 100])('of %i entries refer to themselves and to those before', (entries) => {
    const slices = slicesOf(changes, approach({}, { entries }));
    expect(slices.flat().map(uuidOf).toSorted()).toEqual(changes.map(uuidOf).toSorted());
    expect(Math.max(...slices.map(({ length }) => length))).toBeLessThanOrEqual(entries);
    expect(isClosed(slices, true)).toBe(true);
  });

  test('of so many bytes', () => {
    const slices = slicesOf(changes, approach({}, { bytes: 5_000 }));
    expect(slices.length).toBeGreaterThan(1);
    for (const slice of slices) {
      const bytes = slice.reduce((sum, { wanted }) => sum + wanted.content.text.length, 0);
      expect(slice.length === 1 || bytes <= 5_000).toBe(true);
    }
  });

  test('a patient goes ahead alone where a conditional entry asks for it', () => {
    const all = [patientToMake(course, 1), ...changes];
    expect(slicesOf(all, approach({}))).toHaveLength(1);
    expect(slicesOf(all, approach({ patientFirst: true })).map(({ length }) => length)).toEqual([1, changes.length]);
  });
});

test.each(['batch', 'single'] as const)('a %s never refers to its own entries', (mode) => {
  const slices = slicesOf([patientToMake(course, 1), ...changes], approach({ mode }, { entries: 3 }));
  expect(isClosed(slices, false)).toBe(true);
  expect(slices[0]).toHaveLength(1);
});

test('what is taken off comes last, what refers to others first', () => {
  const gone = changes.map((one): Change => ({ wanted: { ...one.wanted, aim: 'deleted' }, stored: { id: 'x' } }));
  const [kept] = changes;
  if (kept === undefined) throw new Error('nothing to keep');
  const slices = slicesOf([...gone, kept], approach({ mode: 'batch' }));
  expect(slices[0]).toEqual([kept]);
  expect(isClosed(slices.slice(1).toReversed(), false)).toBe(true);
});

test('what refers, however far, to what cannot be written waits', () => {
  const [dose] = changes;
  if (dose === undefined) throw new Error('no dose');
  const left = withoutThose(changes, new Set([uuidOf(dose)]));
  expect(left.length).toBeLessThan(changes.length - 1);
  const there = new Set(left.map(uuidOf));
  expect(left.every((one) => namesOf(one).every((uuid) => there.has(uuid)))).toBe(true);
});
