import type { Identifier } from '../course/identity.ts';

/** A text as a search value: `\ , | $` mean something there (https://hl7.org/fhir/R4/search.html#escaping). */
export function escapeSearchValue(text: string): string {
  return text.replaceAll(/[\\,|$]/g, String.raw`\$&`);
}

/** An identifier as a token of a search. */
export function identifierToken({ system, value }: Identifier): string {
  return `${escapeSearchValue(system)}|${escapeSearchValue(value)}`;
}
