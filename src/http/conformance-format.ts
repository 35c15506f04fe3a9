import type { Request } from 'express';

/** Which format an answer is wanted in (https://hl7.org/fhir/R4/http.html#mime-type): there is JSON, and no other. */

/** Whether JSON of FHIR R4 will do: `_format` says so, or else Accept. */
export function acceptsJson({ headers }: Request, parameters: URLSearchParams): boolean {
  const formats = parameters.getAll('_format');
  if (formats.length > 0) return formats.every(isJson);
  const { accept } = headers;
  return accept === undefined || accept.trim() === '' || accept.split(',').some(isAcceptable);
}

// A plus sign in an address is a space to many.
const isJson = (format: string): boolean =>
  ['json', 'application/json', 'application/fhir+json'].includes(format.replace(' ', '+'));

const ranges = ['*/*', 'application/*', 'application/json', 'application/fhir+json'];

function isAcceptable(range: string): boolean {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const isOf = (name: string, allowed: RegExp): boolean =>
    parameters.every((one) => !one.startsWith(`${name}=`) || allowed.test(one.slice(name.length + 1)));
  return ranges.includes(type) && isOf('q', /[1-9]/) && isOf('fhirversion', /^"?4\.0/);
}

/** Whether the answer is to be indented; undefined where `_pretty` is neither true nor false. */
export function isPretty(parameters: URLSearchParams): boolean | undefined {
  const said = parameters.getAll('_pretty');
  if (said.some((one) => one !== 'true' && one !== 'false')) return undefined;
  return said.includes('true');
}
