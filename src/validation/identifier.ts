import type { JsonObject } from '../json/json.ts';
import { isAbsolute } from './formats/uris.ts';
import type { Check } from './run.ts';

/** What FHIR says in words of an Identifier: its system is absolute, and so is the value where the system says it is a URI. */
export const identifierCheck: Check = (identifier, run) => {
  const { system, value } = identifier as JsonObject;
  if (typeof system !== 'string') return;
  if (!isAbsolute(system)) run.report('identifier-system-relative');
  else if (system === 'urn:ietf:rfc:3986' && typeof value === 'string' && !isAbsolute(value)) {
    run.report('identifier-value-relative');
  }
};
