import { base } from '../definitions/terminology.ts';

/** An extension of ours. */
export const ownExtension = (name: string): string => `${base}/StructureDefinition/${name}`;

// Extensions of R4 itself (https://hl7.org/fhir/R4/extensibility-registry.html).
export const originalTextUrl = 'http://hl7.org/fhir/StructureDefinition/originalText';
export const timeZoneUrl = 'http://hl7.org/fhir/StructureDefinition/tz-code';
export const dataAbsentReasonUrl = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
export const episodeOfCareUrl = 'http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare';
export const ordinalValueUrl = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';

export const ucum = 'http://unitsofmeasure.org';
export const dataAbsentReasonSystem = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
export const observationCategorySystem = 'http://terminology.hl7.org/CodeSystem/observation-category';
export const medicationCategorySystem = 'http://terminology.hl7.org/CodeSystem/medication-admin-category';
