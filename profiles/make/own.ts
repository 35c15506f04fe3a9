import { parseJson, writeJson, type JsonObject } from '../../src/json/json.ts';
import { compactOf } from '../../src/validation/compact.ts';
import { definitionOf } from '../../src/validation/definition.ts';
import { textOf } from '../../src/validation/text-of.ts';
import { publishedIn, type Published } from './artefacts.ts';

/** What the checker reads of our own artefacts: the same definitions, without the words for people. */

/** `profiles/own/structures.json`. */
export const ownStructures = (): string =>
  writeJson(
    compactOf(['borrowed', 'structuredefinitions'].flatMap(publishedIn).map(jsonOf).flatMap(structure), ownVersion),
  );

/** `profiles/own/codes.json`: CodeSystems and ValueSets. */
export const ownCodes = (): string =>
  writeJson({
    codeSystems: ['codesystems'].flatMap(publishedIn).map(jsonOf).map(codeSystem),
    valueSets: ['borrowed', 'valuesets'].flatMap(publishedIn).map(jsonOf).filter(isValueSet).map(valueSet),
  });

const ownVersion = '0.1.0';

function jsonOf({ file, text }: Published): JsonObject {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(`${file} is no JSON`);
  return parsed.value as JsonObject;
}

function structure(artefact: JsonObject) {
  if (artefact['resourceType'] !== 'StructureDefinition') return [];
  const definition = definitionOf(artefact);
  if (definition === undefined) throw new Error(`${textOf(artefact['url'])} has no snapshot`);
  return definition.kind === 'logical' ? [] : [definition];
}

const codeSystem = ({ resourceType, url, version, caseSensitive, content, concept }: JsonObject) => ({
  resourceType,
  url,
  version,
  caseSensitive,
  content,
  concept: (concept as readonly JsonObject[]).map(({ code }) => ({ code })),
});

const isValueSet = ({ resourceType }: JsonObject): boolean => resourceType === 'ValueSet';

function valueSet({ resourceType, url, version, compose }: JsonObject) {
  const include = ((compose as JsonObject)['include'] as readonly JsonObject[]).map(({ concept, ...rest }) => ({
    ...rest,
    ...(Array.isArray(concept) && { concept: (concept as readonly JsonObject[]).map(({ code }) => ({ code })) }),
  }));
  return { resourceType, url, version, compose: { ...(compose as JsonObject), include } };
}
