import { characterFaults, isBlank } from './characters.ts';
import type { Faults, ValueFault } from './fault.ts';
import { imageFault, linkFault } from './links.ts';
import { referencesOf, resolved } from './references.ts';
import { readXhtml, type Attribute, type XhtmlParts } from './xhtml-reader.ts';
import {
  fits,
  holdsLines,
  isAllowedAttribute,
  isAllowedElement,
  isBlock,
  isEmptyElement,
  isNeverInItself,
  isNotInParagraph,
  takesText,
} from './xhtml-rules.ts';

/**
 * What is wrong with the div of a narrative (https://hl7.org/fhir/R4/narrative.html), txt-1 and txt-2 among it. `hasId`
 * says whether the resource has an element of this id, to which a link may lead.
 */
export function narrativeFaults(div: string, hasId: (id: string) => boolean = () => false): Faults {
  if (div === '') return ['primitive-empty', 'narrative-malformed'];
  if (isBlank(div)) return ['only-white-space', 'narrative-malformed'];
  const check = new NarrativeCheck();
  const isRead = readXhtml(div, check);
  const own = isRead && !check.isMalformed ? check.atEnd(hasId) : ['narrative-malformed' as const];
  const faults = [...own, ...characterFaults(div)];
  return faults.length === 0 ? undefined : faults;
}

const namespace = 'http://www.w3.org/1999/xhtml';

class NarrativeCheck implements XhtmlParts {
  isMalformed = false;
  readonly #faults = new Set<ValueFault>();
  readonly #open: string[] = [];
  /** How many elements of a name are open. */
  readonly #count = new Map<string, number>();
  #lines = 0;
  #hasContent = false;
  readonly #ids = new Set<string>();
  readonly #links = new Set<string>();
  readonly #images = new Set<string>();

  open(name: string, attributes: readonly Attribute[]): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root(name, attributes);
    else this.#inner(parent, name);
    for (const attribute of attributes) this.#attribute(name, attribute);
    this.#open.push(name);
    this.#count.set(name, (this.#count.get(name) ?? 0) + 1);
    if (holdsLines(name)) this.#lines += 1;
    if (name === 'img') this.#hasContent = true;
  }

  close(): void {
    const name = this.#open.pop() ?? '';
    this.#count.set(name, (this.#count.get(name) ?? 0) - 1);
    if (holdsLines(name)) this.#lines -= 1;
  }

  text(text: string): void {
    const parent = this.#open.at(-1) ?? '';
    const hasContent = /[^ \t\r\n]/.test(text);
    if (isEmptyElement(parent) || (hasContent && !takesText(parent))) this.#faults.add('narrative-misplaced');
    if (hasContent) this.#hasContent = true;
    this.#references(text);
  }

  aside(kind: 'comment' | 'instruction' | 'data' | 'declaration'): void {
    if (isEmptyElement(this.#open.at(-1) ?? '')) this.#faults.add('narrative-misplaced');
    if (kind === 'declaration') this.#faults.add('narrative-element');
  }

  atEnd(hasId: (id: string) => boolean): readonly ValueFault[] {
    if (!this.#hasContent) this.#faults.add('narrative-empty');
    for (const id of this.#links) if (id !== '' && !this.#ids.has(id) && !hasId(id)) this.#faults.add('narrative-link');
    for (const id of this.#images) if (!hasId(id)) this.#faults.add('narrative-link');
    return [...this.#faults];
  }

  #root(name: string, attributes: readonly Attribute[]): void {
    if (name !== 'div') this.#faults.add('narrative-not-div');
    if (!attributes.some((attribute) => attribute.name === 'xmlns')) this.#faults.add('narrative-namespace');
  }

  #inner(parent: string, name: string): void {
    if (name.includes(':')) this.#faults.add('narrative-namespace');
    else if (!isAllowedElement(name)) this.#faults.add('narrative-element');
    const isMisplaced =
      isEmptyElement(parent) ||
      !fits(parent, name) ||
      (isNeverInItself(name) && this.#isInside(name)) ||
      (isBlock(name) && this.#lines > 0) ||
      (isNotInParagraph(name) && this.#isInside('p'));
    if (isMisplaced) this.#faults.add('narrative-misplaced');
  }

  #isInside(name: string): boolean {
    return (this.#count.get(name) ?? 0) > 0;
  }

  #attribute(element: string, { name, value }: Attribute): void {
    if (name === 'xmlns' && value !== namespace) this.#faults.add('narrative-namespace');
    if (!isAllowedAttribute(element, name) && name !== 'xml:space') this.#faults.add('narrative-attribute');
    this.#references(value);
    if (name === 'id' || (name === 'name' && element === 'a')) this.#named(name, value);
    if (name === 'href' && element === 'a') this.#address(resolved(value), this.#links, linkFault);
    if (name === 'src' && element === 'img') this.#address(resolved(value), this.#images, imageFault);
  }

  #named(name: string, id: string): void {
    if (name === 'id' && this.#ids.has(id)) this.#faults.add('narrative-id-twice');
    this.#ids.add(id);
  }

  #address(address: string, local: Set<string>, faultOf: (address: string) => ValueFault | undefined): void {
    if (address.startsWith('#')) local.add(address.slice(1));
    else {
      const fault = faultOf(address);
      if (fault !== undefined) this.#faults.add(fault);
    }
  }

  #references(text: string): void {
    if (!text.includes('&')) return;
    const references = referencesOf(text);
    if (references === 'malformed') this.isMalformed = true;
    if (references === 'html') this.#faults.add('narrative-entity');
  }
}
