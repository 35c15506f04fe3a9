import { isJsonObject, type Json } from '../json/json.ts';

/** The keys and indexes that lead to a value. */
export type Path = readonly PropertyKey[];

interface Branch {
  cut: boolean;
  readonly next: Map<PropertyKey, Branch>;
}

/**
 * A value without what stands at some paths, in one pass however many they are. What is cut out of an object or a list
 * leaves `undefined` in its place (`hollow`: indexes stay and a field is still seen to be given) or nothing (`clean`).
 */
export function prune(value: Json, paths: readonly Path[], leaving: 'hollow' | 'clean'): Json | undefined {
  const root: Branch = { cut: false, next: new Map() };
  for (const path of paths) {
    let branch = root;
    for (const key of path) {
      const known = branch.next.get(key) ?? { cut: false, next: new Map<PropertyKey, Branch>() };
      branch.next.set(key, known);
      branch = known;
    }
    branch.cut = true;
  }
  return pruned(value, root, leaving === 'hollow');
}

function pruned(value: Json, { cut, next }: Branch, hollow: boolean): Json | undefined {
  if (cut) return undefined;
  if (next.size === 0) return value;
  if (Array.isArray(value)) {
    const entries = (value as readonly Json[]).map((entry, index) => {
      const branch = next.get(index);
      return branch === undefined ? entry : pruned(entry, branch, hollow);
    });
    return (hollow ? entries : entries.filter((entry) => entry !== undefined)) as Json;
  }
  if (!isJsonObject(value)) return value;
  const fields: [string, Json | undefined][] = Object.entries(value).map(([name, field]) => {
    const branch = next.get(name);
    return [name, branch === undefined ? field : pruned(field, branch, hollow)];
  });
  return Object.fromEntries(hollow ? fields : fields.filter(([, field]) => field !== undefined)) as Json;
}

/** What stands at a path. */
export function valueAt(json: Json, path: Path): Json | undefined {
  let value: Json | undefined = json;
  for (const key of path) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(key)];
    else if (isJsonObject(value)) value = Object.hasOwn(value, String(key)) ? value[String(key)] : undefined;
    else return undefined;
  }
  return value;
}
