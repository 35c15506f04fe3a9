import type { ElementInfo, Model } from '../fhirpath/model.ts';
import type { Library } from './library.ts';
import { treeOf, type Node } from './tree.ts';

/** R4's types as FHIRPath asks for them; a backbone element's type is its path. */
export function modelOf(library: Library): Model {
  const nodes = new Map<string, Node>();
  const infos = new Map<string, ElementInfo>();

  const nodeOf = (type: string): Node | undefined => {
    const known = nodes.get(type);
    if (known !== undefined) return known;
    const dot = type.indexOf('.');
    const definition = library.type(dot < 0 ? type : type.slice(0, dot));
    // What R4 does not have is not remembered: anybody can make up names.
    const node = definition && treeOf(definition).byId.get(type);
    if (node !== undefined) nodes.set(type, node);
    return node;
  };

  const infoOf = (type: string, name: string): ElementInfo | undefined => {
    const node = nodeOf(type)?.children.find((child) => child.name === name || child.name === `${name}[x]`);
    if (node === undefined) return undefined;
    const { element } = node;
    const content = element.rules?.content;
    const types =
      content !== undefined
        ? [content]
        : node.children.length > 0
          ? [element.id]
          : [...new Set(element.types.map(({ code }) => code))];
    return { types, choice: node.name.endsWith('[x]'), many: element.max > 1 };
  };

  return {
    element(type, name) {
      const key = `${type}.${name}`;
      const known = infos.get(key);
      if (known !== undefined) return known;
      const info = infoOf(type, name);
      if (info !== undefined) infos.set(key, info);
      return info;
    },
    elements: (type) =>
      nodeOf(type)?.children.map(({ name }) => (name.endsWith('[x]') ? name.slice(0, -3) : name)) ?? [],
    base(type) {
      const node = nodeOf(type);
      if (node !== undefined && type.includes('.')) return node.element.types[0]?.code;
      const base = library.type(type)?.base;
      return base?.slice(base.lastIndexOf('/') + 1);
    },
  };
}
