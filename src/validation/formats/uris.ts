import { hasOuterSpace } from './characters.ts';
import type { Faults, ValueFault } from './fault.ts';

/** uri, url, canonical, oid and uuid (https://hl7.org/fhir/R4/datatypes.html#uri). */

const anyBlank = /[\t-\r ]/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const oid = /^[0-2](?:\.(?:0|[1-9][0-9]*))+$/;
// Other schemes than these have a name without hyphen or full stop.
const absolute = /^(?:https?:|urn:|file:|[a-z_][a-z0-9_]*:)[^]/;

/** Whether the text is a UUID in lower case. */
export const isUuid = (text: string): boolean => uuid.test(text);

/** Whether the text is an OID that can name something: a root of three numbers names nothing but below 1.3. */
export const isOid = (text: string): boolean =>
  oid.test(text) && (text.lastIndexOf('.') >= 4 || text.startsWith('1.3'));

/** Whether an address says where it starts: it has a scheme. */
export const isAbsolute = (address: string): boolean => absolute.test(address);

type UriType = 'uri' | 'url' | 'canonical' | 'oid' | 'uuid';

/** What is wrong with a value of one of the types of URI. */
export function uriFaults(value: string, type: UriType): Faults {
  const faults: ValueFault[] = [];
  if (anyBlank.test(value) || hasOuterSpace(value)) faults.push('uri-white-space');
  if (value.startsWith('oid:') || value.startsWith('uuid:')) faults.push('uri-without-urn');
  else if (type === 'oid' && !value.startsWith('urn:oid:')) faults.push('uri-without-urn');
  else if (type === 'uuid' && !value.startsWith('urn:uuid:')) faults.push('uri-without-urn');
  if (type === 'canonical' && !value.startsWith('#') && !isAbsolute(value)) faults.push('canonical-relative');
  if (value.startsWith('urn:uuid:') && !isUuid(uuidPart(value, type))) faults.push('invalid-uuid');
  if (value.startsWith('urn:oid:') && !isOid(value.slice(8))) faults.push('invalid-oid');
  return faults.length === 0 ? undefined : faults;
}

/** The UUID without a fragment, and of a canonical without its version. */
function uuidPart(value: string, type: UriType): string {
  const [whole = ''] = value.slice(9).split('#', 1);
  return type === 'canonical' && whole.includes('|') ? whole.slice(0, whole.lastIndexOf('|')) : whole;
}
