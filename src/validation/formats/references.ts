/** The character references of a text of XHTML: `&amp;`, `&#160;` and what else starts with `&`. */

export type References = 'fine' | 'html' | 'malformed';

const reference = /&(?:#(x?[^;<&\s]*)|([A-Za-z][A-Za-z0-9]*));?/y;
const ofXml = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/** `html`: a name that HTML may know and XML does not. */
export function referencesOf(text: string): References {
  let answer: References = 'fine';
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    reference.lastIndex = at;
    const found = reference.exec(text);
    if (found === null) return 'malformed';
    const [, number, name = ''] = found;
    if (number !== undefined) {
      if (!isCharacter(number)) return 'malformed';
    } else if (!ofXml.has(name)) answer = 'html';
  }
  return answer;
}

function isCharacter(number: string): boolean {
  if (number === '') return false;
  const value = number.startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number.parseInt(number, 10);
  return Number.isNaN(value) || (value >= 0 && value <= 0x10ffff);
}

const plain = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);

/** The text with the references of XML resolved; numbers stay as they are. */
export const resolved = (text: string): string =>
  text.includes('&') ? text.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, (written) => plain.get(written) ?? written) : text;
