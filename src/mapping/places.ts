import { ownConcept } from './codings.ts';
import { elementIn, elementsIn, isElements, listIn, type Elements } from './elements.ts';
import { codeSystem } from '../definitions/terminology.ts';

/**
 * Where in a resource a value stands: an element that holds it, and the name it has there. A place is used in both
 * directions: `open` makes the way to it, `find` follows it.
 */
export interface Place {
  /** The way to it as FHIRPath, for people to read; `value` stands for `value[x]`. */
  readonly path: string;
  open(resource: Elements): Elements;
  find(resource: Elements): Elements | undefined;
  /** The element's name for a value of a FHIR type (`Quantity`): a choice type carries the type in its name. */
  name(type: string): string;
}

/** A place that can be there several times. */
export interface RepeatedPlace {
  readonly path: string;
  add(resource: Elements): Elements;
  all(resource: Elements): readonly Elements[];
}

const choice =
  (stem: string) =>
  (type: string): string =>
    `${stem}${type.charAt(0).toUpperCase()}${type.slice(1)}`;

/** An element by its path; `[0]` stands for the first of a list: `element('performer[0].actor')`. */
export function element(path: string): Place {
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  const ofList = last.endsWith('[0]') ? last.slice(0, -3) : undefined;
  return {
    path: path.replaceAll('[0]', ''),
    open: (resource) => {
      const at = steps.reduce((above, step) => openStep(above, step), resource);
      return ofList === undefined ? at : asElements(listIn(at, ofList));
    },
    find: (resource) => {
      const at = steps.reduce<Elements | undefined>((above, step) => findStep(above, step), resource);
      return ofList === undefined ? at : asElements(elementsIn(at, ofList));
    },
    name: () => (ofList === undefined ? last : '0'),
  };
}

/** A list as the element that holds its entries under their indexes. */
const asElements = (list: readonly unknown[]): Elements => list as unknown as Elements;

function openStep(at: Elements, step: string): Elements {
  if (!step.endsWith('[0]')) {
    const known = elementIn(at, step);
    if (known !== undefined) return known;
    const made: Elements = {};
    at[step] = made;
    return made;
  }
  const list = listIn(at, step.slice(0, -3));
  if (!isElements(list[0])) list[0] = {};
  return list[0] as Elements;
}

function findStep(at: Elements | undefined, step: string): Elements | undefined {
  return step.endsWith('[0]') ? elementsIn(at, step.slice(0, -3))[0] : elementIn(at, step);
}

/** The value of an extension; further urls name extensions inside it. */
export function extension(...urls: readonly [string, ...string[]]): Place {
  return {
    path: `${urls.map((url) => `extension('${url}')`).join('.')}.value`,
    open: (resource) =>
      urls.reduce((at, url) => {
        const known = withUrl(at, url);
        return known ?? added(listIn(at, 'extension'), { url });
      }, resource),
    find: (resource) => urls.reduce<Elements | undefined>((at, url) => withUrl(at, url), resource),
    name: choice('value'),
  };
}

const withUrl = (at: Elements | undefined, url: string): Elements | undefined =>
  elementsIn(at, 'extension').find((one) => one['url'] === url);

/** The value of an Observation's component that a code of ours marks. */
export function component(code: string): Place {
  const system = codeSystem('course-fact');
  const isIt = (one: Elements): boolean => hasCoding(elementIn(one, 'code'), system, code);
  return {
    path: `component.where(code.coding.where(code = '${code}').exists()).value`,
    open: (resource) => added(listIn(resource, 'component'), { code: ownConcept('course-fact', code) }),
    find: (resource) => elementsIn(resource, 'component').find(isIt),
    name: choice('value'),
  };
}

/** linkIds of items, each inside the one before it: groups, then the item itself. */
type LinkIds = readonly [string, ...string[]];

/** The answer to an item of a response, through the groups around it. */
export function item(...linkIds: LinkIds): Place {
  const way = wayTo(linkIds);
  return {
    path: `${way.path}.answer.value`,
    open: (resource) => added(listIn(addItem(way.open(resource), way.last), 'answer'), {}),
    find: (resource) => elementsIn(withLinkId(way.find(resource), way.last), 'answer')[0],
    name: choice('value'),
  };
}

/** Every group of a repeating item. */
export function groups(...linkIds: LinkIds): RepeatedPlace {
  const way = wayTo(linkIds);
  return {
    path: way.path,
    add: (resource) => addItem(way.open(resource), way.last),
    all: (resource) => elementsIn(way.find(resource), 'item').filter((one) => one['linkId'] === way.last),
  };
}

/** Every answer to a repeating item. */
export function answers(...linkIds: LinkIds): RepeatedPlace {
  const way = wayTo(linkIds);
  return {
    path: `${way.path}.answer.value`,
    add: (resource) => {
      const group = way.open(resource);
      return added(listIn(withLinkId(group, way.last) ?? addItem(group, way.last), 'answer'), {});
    },
    all: (resource) => elementsIn(withLinkId(way.find(resource), way.last), 'answer'),
  };
}

/** The way through the groups to the last of the linkIds. */
function wayTo(linkIds: LinkIds): {
  readonly path: string;
  readonly last: string;
  open(resource: Elements): Elements;
  find(resource: Elements): Elements | undefined;
} {
  const above = linkIds.slice(0, -1);
  return {
    path: linkIds.map((linkId) => `item.where(linkId = '${linkId}')`).join('.'),
    last: linkIds.at(-1) ?? linkIds[0],
    open: (resource) => above.reduce((at, linkId) => withLinkId(at, linkId) ?? addItem(at, linkId), resource),
    find: (resource) => above.reduce<Elements | undefined>((at, linkId) => withLinkId(at, linkId), resource),
  };
}

const withLinkId = (at: Elements | undefined, linkId: string): Elements | undefined =>
  elementsIn(at, 'item').find((one) => one['linkId'] === linkId);

const addItem = (at: Elements, linkId: string): Elements => added(listIn(at, 'item'), { linkId });

function added(list: unknown[], made: Elements): Elements {
  list.push(made);
  return made;
}

/** Whether an element carries a coding of the system with the code. */
export function hasCoding(concept: Elements | undefined, system: string, code: string): boolean {
  return elementsIn(concept, 'coding').some((one) => one['code'] === code && one['system'] === system);
}
