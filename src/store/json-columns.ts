import { parseJson, writeJson, type Json } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { StoreFault } from './store-fault.ts';

/** JSON that a column holds, every digit as it was kept. */
export function jsonIn(column: string): Json {
  const read = parseJson(column);
  if (!read.ok) throw new StoreFault('damaged');
  return read.value;
}

export const jsonColumn = (value: Json): string => writeJson(value);

export const issuesColumn = (issues: readonly Issue[]): string => (issues.length === 0 ? '[]' : writeJson(issues));

export const issuesIn = (column: string): readonly Issue[] =>
  column === '[]' ? [] : (JSON.parse(column) as readonly Issue[]);
