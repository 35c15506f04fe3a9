import type { ValueFault } from './fault.ts';

/**
 * What characters a text may hold. R4 says little (https://hl7.org/fhir/R4/datatypes.html#string: no control characters,
 * no leading or trailing white space); where it is silent, this is as HL7's validator has it.
 */

// HL7's validator counts these as white space: Unicode's White_Space property.
const isSpace = (code: number): boolean =>
  (code >= 0x09 && code <= 0x0d) ||
  code === 0x20 ||
  code === 0x85 ||
  code === 0xa0 ||
  code === 0x1680 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000;

const separatesInformation = (code: number): boolean => code >= 0x1c && code <= 0x1f;
const staysTogether = (code: number): boolean => code === 0x85 || code === 0xa0 || code === 0x2007 || code === 0x202f;

/** Whether nothing of the value counts as content, so that no further rule is asked. Spaces that do not break count. */
export function isBlank(value: string): boolean {
  return everyCode(value, (code) => (isSpace(code) && !staysTogether(code)) || separatesInformation(code));
}

/** Whether the text is white space alone, whatever kind. */
export function isAllSpace(value: string): boolean {
  return everyCode(value, isSpace);
}

/** Whether the text starts or ends with white space. */
export function hasOuterSpace(value: string): boolean {
  return value.length > 0 && (isSpace(value.charCodeAt(0)) || isSpace(value.charCodeAt(value.length - 1)));
}

/** Whether a code breaks R4's rule: no white space but single blanks inside. */
export function breaksCodeSpacing(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (!isSpace(code)) continue;
    if (code !== 0x20 || index === 0 || index === value.length - 1 || value.charCodeAt(index + 1) === 0x20) return true;
  }
  return false;
}

/** The faults of characters that any primitive can have. */
export function characterFaults(value: string): readonly ValueFault[] {
  const faults: ValueFault[] = [];
  if (hasControl(value)) faults.push('control-character');
  if (leavesDirectionOpen(value)) faults.push('direction-left-open');
  return faults;
}

function hasControl(value: string): boolean {
  return !everyCode(value, (code) => code >= 0x20 || code === 0x09 || code === 0x0a || code === 0x0d);
}

const opensIsolate = (code: number): boolean => code >= 0x2066 && code <= 0x2068;
const opensOverride = (code: number): boolean =>
  code === 0x202d || code === 0x202e || code === 0x200e || code === 0x200f || code === 0x061c;

/** Whether a change of the writing direction is not closed in its line (CVE-2021-42574). */
function leavesDirectionOpen(value: string): boolean {
  const open: boolean[] = []; // true for an isolate
  let isolates = 0;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code === 0x0a) open.length = isolates = 0;
    else if (opensIsolate(code)) {
      open.push(true);
      isolates += 1;
    } else if (opensOverride(code)) open.push(false);
    else if (code === 0x202c && open.at(-1) === false) open.pop();
    else if (code === 0x2069 && isolates > 0) {
      while (open.pop() === false);
      isolates -= 1;
    }
  }
  return open.length > 0;
}

function everyCode(value: string, holds: (code: number) => boolean): boolean {
  for (let index = 0; index < value.length; index += 1) if (!holds(value.charCodeAt(index))) return false;
  return true;
}
