import { isJsonObject, type JsonObject } from '../json/json.ts';
import { definitionOf } from './definition.ts';
import { listSource, type Source } from './library.ts';

/** What a checker knows beside R4 itself: one of our own, one for each package. */
export interface Knowledge {
  readonly definition: Source;
  readonly codeSystems: readonly JsonObject[];
  readonly valueSets: readonly JsonObject[];
  readonly questionnaires: readonly JsonObject[];
}

/** What there is to know in FHIR's conformance resources; others are passed over. */
export function knowledgeIn(resources: readonly unknown[]): Knowledge {
  const ofType = (type: string): readonly JsonObject[] =>
    resources.filter(isJsonObject).filter(({ resourceType }) => resourceType === type);
  return {
    definition: listSource(ofType('StructureDefinition').flatMap((source) => definitionOf(source) ?? [])),
    codeSystems: ofType('CodeSystem'),
    valueSets: ofType('ValueSet'),
    questionnaires: ofType('Questionnaire'),
  };
}
