import { expect, test } from 'vitest';
import { cases } from '../conformance/corpus/cases.ts';
import { checkedBy, corpusChecker } from '../conformance/corpus/checked.ts';
import { disagreementsOf, lineOf } from '../conformance/corpus/compare.ts';
import { explanations } from '../conformance/corpus/explained.ts';
import { recorded } from '../conformance/corpus/judged.ts';
import { openCases } from '../conformance/corpus/open.ts';

const checker = corpusChecker();
const checked = cases().map((one) => checkedBy(checker, one));
const judged = recorded();

test('the corpus is as large as was promised, and each base is without error', () => {
  expect(judged.map(({ name }) => name)).toEqual(checked.map(({ name }) => name));
  expect(judged.length).toBeGreaterThan(400);
  expect(new Set(judged.flatMap(({ errors }) => errors.map(([, id]) => id))).size).toBeGreaterThan(200);
  expect(judged.filter(({ name, errors }) => name.endsWith('/valid') && errors.length > 0)).toEqual([]);
});

test('the checker errs where the judge does, but for what is explained', () => {
  const open = openCases();
  const news = disagreementsOf(judged, checked).filter(({ name }) => !open.has(name));
  expect(news.map(lineOf)).toEqual([]);
});

test('what is open still is: what agrees leaves the list', () => {
  const names = new Set(disagreementsOf(judged, checked).map(({ name }) => name));
  expect([...openCases()].filter((name) => !names.has(name))).toEqual([]);
});

test('every explanation is needed', () => {
  const used = new Set<string>();
  const places = judged.flatMap((one, index) => {
    const other = checked[index] ?? one;
    return [
      ...one.errors.map((finding) => ({ by: 'judge' as const, finding, one, other })),
      ...other.errors.map((finding) => ({ by: 'checker' as const, finding, one, other })),
    ];
  });
  for (const { by, finding, one, other } of places) {
    for (const { name, [by]: applies } of explanations) if (applies?.(finding, one, other)) used.add(name);
  }
  expect(explanations.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
});
