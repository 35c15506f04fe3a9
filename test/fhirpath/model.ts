import * as r4 from 'fhirpath/fhir-context/r4';
import type { ElementInfo, Model } from '../../src/fhirpath/model.ts';

/** R4's types as the fhirpath package knows them: another hand than that of the checker's own definitions. */

type TypeOfPath = string | { readonly code: string };

const types = r4.path2Type as Readonly<Record<string, TypeOfPath>>;
const choices = r4.choiceTypePaths as Readonly<Record<string, readonly string[]>>;
const parents = r4.type2Parent as Readonly<Record<string, string>>;
const elsewhere = r4.pathsDefinedElsewhere as Readonly<Record<string, string>>;
const repeating = new Set(Object.values(r4.path2Repeating as unknown as Record<string, string>));

const primitives = new Map(
  Object.keys(parents)
    .filter((type) => /^[a-z]/.test(type) && type !== 'xhtml')
    .map((type) => [type.charAt(0).toUpperCase() + type.slice(1), type]),
);

const namesOf = new Map<string, Set<string>>();
const addName = (path: string): void => {
  const dot = path.lastIndexOf('.');
  const type = path.slice(0, dot);
  if (!namesOf.has(type)) namesOf.set(type, new Set());
  namesOf.get(type)?.add(path.slice(dot + 1));
};
const ofChoice = new Set(Object.entries(choices).flatMap(([path, each]) => each.map((type) => path + type)));
for (const path of Object.keys(types)) if (path.includes('.') && !ofChoice.has(path)) addName(path);
for (const path of [...Object.keys(choices), ...Object.keys(elsewhere)]) addName(path);

const parentOf = (type: string): string | undefined => {
  if (!type.includes('.')) return parents[type];
  const parent = types[type];
  return typeof parent === 'string' ? parent : undefined;
};

function ownOrInherited(type: string, name: string): ElementInfo | undefined {
  for (let one: string | undefined = type; one !== undefined; one = parentOf(one)) {
    const info = infoOf(`${one}.${name}`);
    if (info !== undefined) return info;
  }
  return undefined;
}

function infoOf(path: string): ElementInfo | undefined {
  const many = repeating.has(path);
  const choice = choices[path];
  if (choice !== undefined) return { types: choice.map((type) => primitives.get(type) ?? type), choice: true, many };
  const other = elsewhere[path];
  if (other !== undefined) return { types: [other], choice: false, many };
  const type = types[path];
  if (type === undefined) return undefined;
  const code = typeof type === 'string' ? type : type.code;
  const isOwn = code === 'BackboneElement' || code === 'Element';
  return { types: [isOwn ? path : code === 'System.String' ? 'string' : code], choice: false, many };
}

function allNames(type: string): string[] {
  const parent = parentOf(type);
  return [...new Set([...(parent === undefined ? [] : allNames(parent)), ...(namesOf.get(type) ?? [])])];
}

const infos = new Map<string, ElementInfo | undefined>();
const names = new Map<string, readonly string[]>();

export const model: Model = {
  element(type, name) {
    const key = `${type}.${name}`;
    if (!infos.has(key)) infos.set(key, ownOrInherited(type, name));
    return infos.get(key);
  },
  elements(type) {
    if (!names.has(type)) names.set(type, allNames(type));
    return names.get(type) ?? [];
  },
  base: parentOf,
};
