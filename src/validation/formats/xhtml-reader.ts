/** What the reader of XHTML tells, in order. */
export interface XhtmlParts {
  open(name: string, attributes: readonly Attribute[]): void;
  close(): void;
  /** Text between tags, with its references as they are written. */
  text(text: string): void;
  /** A comment, an instruction, a CDATA section or a declaration. */
  aside(kind: 'comment' | 'instruction' | 'data' | 'declaration'): void;
}

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

const space = /[ \t\r\n]*/y;
const tagName = /<([A-Za-z0-9][\w:.-]*)/y;
// As HL7's validator does, an attribute without quotes or without a value is taken.
const attribute = /[ \t\r\n]*([^\s=>/"'<]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s>"'/]*)))?/y;
const tagEnd = /[ \t\r\n]*(\/?)>/y;
const closing = /<\/([^>]*)>/y;

/** Sections that start and end with signs of their own. */
const asides = [
  { kind: 'comment', start: '<!--', end: '-->' },
  { kind: 'data', start: '<![CDATA[', end: ']]>' },
  { kind: 'instruction', start: '<?', end: '?>' },
  { kind: 'declaration', start: '<!', end: '>' },
] as const;

/**
 * Reads the first element of a text and tells its parts; what stands after it is not read. False where it is not
 * well-formed. Without recursion, in one pass.
 */
export function readXhtml(source: string, parts: XhtmlParts): boolean {
  const names: string[] = [];
  let at = 0;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const aside = (): boolean => {
    const found = asides.find(({ start }) => source.startsWith(start, at));
    if (found === undefined) return false;
    const end = source.indexOf(found.end, at + found.start.length);
    at = end < 0 ? source.length : end + found.end.length;
    if (names.length > 0) parts.aside(found.kind);
    return true;
  };
  const open = (): boolean => {
    const name = match(tagName)?.[1];
    if (name === undefined) return false;
    const attributes: Attribute[] = [];
    for (let end = match(tagEnd); ; end = match(tagEnd)) {
      if (end !== null) {
        parts.open(name, attributes);
        if (end[1] === '/') parts.close();
        else names.push(name);
        return true;
      }
      const found = match(attribute);
      if (found === null) return false;
      attributes.push({ name: found[1] ?? '', value: found[2] ?? found[3] ?? found[4] ?? '' });
    }
  };
  const close = (): boolean => {
    if (match(closing)?.[1] !== names.pop()) return false;
    parts.close();
    return true;
  };

  do match(space);
  while (source.startsWith('<?', at) || source.startsWith('<!', at) ? aside() : false);
  if (!open()) return false;
  while (names.length > 0) {
    const next = source.indexOf('<', at);
    if (next < 0) return false;
    if (next > at) parts.text(source.slice(at, next));
    at = next;
    const isRead = source.startsWith('</', at) ? close() : aside() || open();
    if (!isRead) return false;
  }
  return true;
}
