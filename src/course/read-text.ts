import { parseJson, type Json } from '../json/json.ts';
import type { IssueCode } from '../outcome/catalogue.ts';
import type { Read } from '../outcome/issue.ts';

/** Reads a text as JSON; a text that is none is an issue that says line and column, and never what stands there. */
export function readText(text: string): Read<Json> {
  const parsed = parseJson(text);
  if (parsed.ok) return { value: parsed.value, issues: [] };
  const { kind, line, column } = parsed.fault;
  return { value: undefined, issues: [{ code: codes[kind], at: '', facts: { line, column } }] };
}

const codes = {
  malformed: 'malformed-json',
  'duplicate-key': 'duplicate-field',
  'too-deep': 'json-too-deep',
} as const satisfies Record<string, IssueCode>;
