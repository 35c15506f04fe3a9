import type { Resource } from '@medplum/fhirtypes';
import { isJsonNumber, isJsonObject, type Json } from '../json/json.ts';
import { relativeReference } from './references.ts';

// Where a resource of a course says which others are part of it. What else a resource may refer to (a device, a
// previous treatment of the patient) is nobody's to pull.
const links = new Set(['hasMember', 'partOf', 'derivedFrom', 'valueReference']);
const ourTypes = /^(Observation|MedicationAdministration|QuestionnaireResponse)\//;

/** The resources of its course that a resource refers to, as `Type/id`. */
export function courseReferencesIn(resource: Resource): string[] {
  const found = new Set<string>();
  collect(resource as unknown as Json, false, found);
  return [...found];
}

function collect(value: Json, linked: boolean, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const one of value as readonly Json[]) collect(one, linked, found);
  } else if (isJsonObject(value) && !isJsonNumber(value)) {
    const literal =
      linked && typeof value['reference'] === 'string' ? relativeReference(value['reference']) : undefined;
    if (literal !== undefined && ourTypes.test(literal)) found.add(literal);
    for (const [name, one] of Object.entries(value)) collect(one, links.has(name), found);
  }
}
