import { expect, test } from 'vitest';
import { memoryShelf } from '../../src/http/shelf.ts';

const text = (length: number) => ({ courseText: 'x'.repeat(length), receiptText: '' });

test('the latest version of each course, in the order of submission', async () => {
  const shelf = memoryShelf();
  await shelf.keep('a', text(1));
  await shelf.keep('b', text(1));
  await shelf.keep('a', text(2));
  expect(await shelf.ids()).toEqual(['b', 'a']);
  expect((await shelf.find('a'))?.courseText).toBe('xx');
  expect(await shelf.find('c')).toBeUndefined();
});

test('what was submitted longest ago makes room, by number and by size', async () => {
  const few = memoryShelf({ courses: 2, characters: 1000 });
  for (const id of ['a', 'b', 'c']) await few.keep(id, text(1));
  expect(await few.ids()).toEqual(['b', 'c']);

  const small = memoryShelf({ courses: 100, characters: 10 });
  for (const id of ['a', 'b', 'c']) await small.keep(id, text(4));
  expect(await small.ids()).toEqual(['b', 'c']);
  await small.keep('d', text(11));
  expect(await small.ids()).toEqual([]);
});
