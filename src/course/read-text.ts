import { parseJson, type Json } from '../json/json.ts';
import type { Read } from '../outcome/issue.ts';

/** Reads a text as JSON; a text that is none is an issue that says line and column, and never what stands there. */
export function readText(text: string): Read<Json> {
  const parsed = parseJson(text);
  if (parsed.ok) return { value: parsed.value, issues: [] };
  const { kind, line, column } = parsed.fault;
  const code = kind === 'malformed' ? 'malformed-json' : 'duplicate-field';
  return { value: undefined, issues: [{ code, at: '', facts: { line, column } }] };
}
