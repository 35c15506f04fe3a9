import { choiceName } from './choice-name.ts';
import type { Library } from './library.ts';
import { treeOf } from './tree.ts';

/** The names of the elements of a data type and of the types that it is made of. */
export function elementNames(type: string, library: Library): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const open = [type];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const definition = seen.has(next) ? undefined : library.type(next);
    seen.add(next);
    if (definition === undefined || definition.kind === 'resource') continue;
    for (const { name, element } of treeOf(definition).root.children) {
      for (const { code } of element.types) {
        names.add(name.endsWith('[x]') ? choiceName(name.slice(0, -3), code) : name);
        // Extensions are made of every type there is.
        if (code !== 'Extension') open.push(code);
      }
    }
  }
  return names;
}
