import { expect, test } from 'vitest';
import { run } from './command-line.ts';

test('the courses of all programmes together leave nothing of the format out', async () => {
  const { code, out, err } = await run(['synthesize', '--coverage', '--seed', '5']);
  expect(out).toEqual([expect.stringMatching(/^0 of \d{3} leaves and keywords missing$/)]);
  expect([code, err]).toEqual([0, ['synthesize: looked at 500 courses, all made up.']]);
}, 30_000);

test('what too few courses leave out is listed, and is no success', async () => {
  const { code, out } = await run(['synthesize', '--coverage', '--courses', '1']);
  const missing = out.slice(0, -1);
  expect(code).toBe(1);
  expect(missing).toContain('endReason: death');
  expect(out.at(-1)).toMatch(new RegExp(`^${missing.length} of \\d+ leaves`));
});

test.each([
  ['neither a programme nor the coverage', ['synthesize'], 'Name a programme'],
  ['both', ['synthesize', 'norway', '--coverage'], 'name none'],
])('%s is wrong usage', async (_, args, sentence) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, []]);
  expect(err.join('\n')).toContain(sentence);
});
