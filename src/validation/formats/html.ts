/** Whether a text that is no narrative looks like HTML: as HL7's validator sees it, in one pass. */

const tagHere = /<[A-Za-z]\w*(?:[ \t-\r][^<>]*)?>/y;

/** Whether a text holds a tag with an attribute or none, and another `<` after it. */
export function looksLikeHtml(value: string): boolean {
  const last = value.lastIndexOf('<');
  for (let from = value.indexOf('<'); from >= 0 && from < last; from = value.indexOf('<', from + 1)) {
    tagHere.lastIndex = from;
    if (tagHere.test(value)) return true;
  }
  return false;
}

const markupHere = /<(?:[!?]|\/?[A-Za-z][A-Za-z0-9-]*[ \t-\r>])/y;

/** Whether markdown holds HTML: a tag, a comment or an instruction that no backslash takes back. */
export function hasMarkup(value: string): boolean {
  for (let from = value.indexOf('<'); from >= 0; from = value.indexOf('<', from + 1)) {
    if (value.charCodeAt(from - 1) === 0x5c) continue;
    markupHere.lastIndex = from;
    if (markupHere.test(value)) return true;
  }
  return false;
}
