import { base64Faults } from './base64.ts';
import type { ValueFault } from './fault.ts';

/** What is wrong with the address of a link or an image in a narrative. */

const badCharacter = /[\s<>"{}^\\`]/;
const scheme = /^([a-z][a-z0-9+.-]*):./i;
const active = new Set(['javascript', 'vbscript']);
const noAddress = new Set(['urn', 'cid']);
const usual = new Set(['http', 'https', 'mailto', 'tel', 'data']);

export function linkFault(address: string): ValueFault | undefined {
  if (isBadAddress(address)) return 'narrative-link';
  const name = scheme.exec(address)?.[1]?.toLowerCase();
  if (name === undefined || usual.has(name)) return undefined;
  return active.has(name) || noAddress.has(name) ? 'narrative-link' : 'narrative-link-unknown';
}

export function imageFault(address: string): ValueFault | undefined {
  return isBadAddress(address) ? 'narrative-link' : undefined;
}

function isBadAddress(address: string): boolean {
  return address === '' || badCharacter.test(address) || (address.startsWith('data:') && !holdsData(address.slice(5)));
}

const mediaType = /^[^;,]*(?:;[^;,=]+=[^;,]*)*(;base64)?$/;

function holdsData(content: string): boolean {
  const comma = content.indexOf(',');
  if (comma < 0 || comma === content.length - 1) return false;
  const type = mediaType.exec(content.slice(0, comma));
  if (type === null) return false;
  return type[1] === undefined || base64Faults(content.slice(comma + 1)) === undefined;
}
