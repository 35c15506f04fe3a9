import { isAllSpace } from './characters.ts';
import type { Faults } from './fault.ts';

/**
 * base64Binary: groups of four of its characters. As in HL7's validator a sign of padding may stand anywhere, and white
 * space, which RFC 4648 does not have, is warned of.
 */
export function base64Faults(value: string): Faults {
  let signs = 0;
  let spaces = 0;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (isSign(code)) signs += 1;
    else if (code === 0x20 || isAllSpace(value[index] ?? '')) spaces += 1;
    else return ['invalid-base64'];
  }
  if (signs % 4 !== 0) return ['invalid-base64'];
  return spaces === 0 ? undefined : ['base64-white-space'];
}

const isSign = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x2f && code <= 0x39) ||
  code === 0x2b ||
  code === 0x3d;
