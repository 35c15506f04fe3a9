import type { Artefact } from './artefacts.ts';

/** The page of the guide that tells of an artefact: a profile has one of its own, of other kinds there is one for all. */
export function pageOf({ resourceType, id, type, kind }: Artefact): string {
  if (resourceType !== 'StructureDefinition') return pageOfKind[resourceType] ?? 'index';
  return type === 'Extension' && kind !== 'logical' ? 'extensions' : id;
}

const pageOfKind: Readonly<Record<string, string>> = {
  CapabilityStatement: 'servers',
  CodeSystem: 'codes',
  NamingSystem: 'identifiers',
  PlanDefinition: 'programmes',
  Questionnaire: 'questionnaires',
  ValueSet: 'value-sets',
};
