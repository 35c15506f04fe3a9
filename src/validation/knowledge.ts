import { isJsonObject, type JsonObject } from '../json/json.ts';
import { definitionOf, type Definition } from './definition.ts';
import { textOf } from './text-of.ts';
import { listSource, type Source } from './library.ts';

/** What a checker knows beside R4 itself: one of our own, one for each package. */
export interface Knowledge {
  readonly definition: Source;
  /** The definitions that are to be looked at for what is wrong with them. */
  readonly definitions: readonly Definition[];
  /** The urls of StructureDefinitions that cannot be read: without a snapshot, or none. */
  readonly unread: readonly string[];
  readonly codeSystems: readonly JsonObject[];
  readonly valueSets: readonly JsonObject[];
  readonly questionnaires: readonly JsonObject[];
}

/** What there is to know in FHIR's conformance resources; others are passed over. */
export function knowledgeIn(resources: readonly unknown[]): Knowledge {
  const ofType = (type: string): readonly JsonObject[] =>
    resources.filter(isJsonObject).filter(({ resourceType }) => resourceType === type);
  const read = ofType('StructureDefinition').map((source) => ({ source, definition: definitionOf(source) }));
  const definitions = read.flatMap(({ definition }) => definition ?? []);
  return {
    definition: listSource(definitions),
    definitions,
    unread: read.filter(({ definition }) => definition === undefined).map(({ source }) => textOf(source['url'])),
    codeSystems: ofType('CodeSystem'),
    valueSets: ofType('ValueSet'),
    questionnaires: ofType('Questionnaire'),
  };
}
