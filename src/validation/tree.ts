import type { Definition, ElementDefinition } from './definition.ts';

/** An element of a definition with what lies below it. */
export interface Node {
  readonly element: ElementDefinition;
  /** `value[x]`, `category`. */
  readonly name: string;
  readonly children: Node[];
  readonly slices: Slice[];
}

export interface Slice extends Node {
  readonly sliceName: string;
}

const trees = new WeakMap<Definition, Tree>();

export interface Tree {
  readonly root: Node;
  readonly byId: ReadonlyMap<string, Node>;
}

/** The elements of a definition as a tree; slices hang at the element that they slice. */
export function treeOf(definition: Definition): Tree {
  const known = trees.get(definition);
  if (known !== undefined) return known;
  const byId = new Map<string, Node>();
  let root: Node | undefined;
  for (const element of definition.elements) {
    const { parent, segment } = splitId(element.id);
    const colon = segment.indexOf(':');
    const name = colon < 0 ? segment : segment.slice(0, colon);
    const node: Slice = { element, name, children: [], slices: [], sliceName: segment.slice(colon + 1) };
    byId.set(element.id, node);
    if (root === undefined) root = node;
    else if (colon < 0) byId.get(parent)?.children.push(node);
    else (slicedBy(byId, parent, name, node.sliceName) ?? byId.get(parent))?.slices.push(node);
  }
  if (root === undefined) throw new Error('a definition without elements');
  const tree = { root, byId };
  trees.set(definition, tree);
  return tree;
}

const splitId = (id: string): { readonly parent: string; readonly segment: string } => {
  const dot = id.lastIndexOf('.');
  return { parent: id.slice(0, Math.max(dot, 0)), segment: id.slice(dot + 1) };
};

/** The element that a slice is one of, or, of a slice `a/b`, the slice `a`. */
function slicedBy(byId: ReadonlyMap<string, Node>, parent: string, name: string, slice: string): Node | undefined {
  const above = slice.lastIndexOf('/');
  const whole = parent === '' ? name : `${parent}.${name}`;
  return (above < 0 ? undefined : byId.get(`${whole}:${slice.slice(0, above)}`)) ?? byId.get(whole);
}
