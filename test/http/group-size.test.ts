import { expect, test } from 'vitest';
import { GroupSize } from '../../src/http/group-size.ts';

test('groups grow while they are quick and full, and shrink where they are slow', () => {
  const size = new GroupSize();
  for (let count = 0; count < 10; count += 1) size.took(10, true);
  expect(size.lines).toBe(500);
  size.took(10, false);
  size.took(100, true);
  expect(size.lines).toBe(500);
  size.took(200, true);
  expect(size.lines).toBe(250);
  for (let count = 0; count < 10; count += 1) size.took(1000, true);
  expect(size.lines).toBe(8);
});
