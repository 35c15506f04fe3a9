/**
 * What a narrative may hold (https://hl7.org/fhir/R4/narrative.html#xhtml), and what stands where (HTML 4, and HL7's
 * validator where that leaves a choice).
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const inline = 'a b em i strong small big tt dfn q var abbr acronym cite bdo kbd sub sup code samp';

const elements = words(
  `p br div h1 h2 h3 h4 h5 h6 span blockquote hr address ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td img map area ${inline}`,
);

export const isAllowedElement = (name: string): boolean => elements.has(name);

const everywhere = words(
  'title style class id lang xml:lang dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan',
);
const ofElement = new Map([
  ['a', words('name href charset type hreflang rel rev shape coords')],
  ['img', words('src alt longdesc height width usemap ismap border')],
  ['map', words('name')],
  ['area', words('shape coords href nohref alt')],
  ['table', words('summary width border frame rules cellspacing cellpadding')],
  ['blockquote', words('cite')],
  ['q', words('cite')],
  ['pre', words('space')],
  ['td', words('nowrap')],
]);

export const isAllowedAttribute = (element: string, attribute: string): boolean =>
  everywhere.has(attribute) || attribute.startsWith('xmlns') || ofElement.get(element)?.has(attribute) === true;

/** Elements without anything inside, not even a comment. */
const empty = words('br hr img area');
export const isEmptyElement = (name: string): boolean => empty.has(name);

/** What may stand directly inside; anything where the element is not listed. Text may not. */
const children = new Map([
  ['ul', words('li')],
  ['ol', words('li')],
  ['dl', words('dt dd')],
  ['table', words('caption colgroup col thead tr tfoot tbody')],
  ['thead', words('tr')],
  ['tfoot', words('tr')],
  ['tbody', words('tr')],
  ['tr', words('th td')],
  ['map', words('area')],
]);

/** Where an element must stand directly; anywhere where it is not listed. */
const parents = new Map([
  ['li', words('ul ol')],
  ['dt', words('dl')],
  ['dd', words('dl')],
  ['caption', words('table')],
  ['colgroup', words('table')],
  ['col', words('colgroup table')],
  ['thead', words('table')],
  ['tfoot', words('table')],
  ['tbody', words('table')],
  ['tr', words('table thead tfoot tbody')],
  ['th', words('tr')],
  ['td', words('tr')],
]);

export const takesText = (name: string): boolean => !children.has(name);
export const fits = (parent: string, child: string): boolean =>
  children.get(parent)?.has(child) !== false && parents.get(child)?.has(parent) !== false;

/** Elements that are never inside another of their name, at any depth. */
const neverInItself = words(inline);
export const isNeverInItself = (name: string): boolean => neverInItself.has(name);

/** Elements that hold text, in which no block stands at any depth. */
const lines = words(`p h1 h2 h3 h4 h5 h6 span address dt dd pre caption ${inline}`);
const blocks = words('div ul ol pre table');
const notInParagraph = words('p div blockquote ul ol table');
export const holdsLines = (name: string): boolean => lines.has(name);
export const isBlock = (name: string): boolean => blocks.has(name);
export const isNotInParagraph = (name: string): boolean => notInParagraph.has(name);
