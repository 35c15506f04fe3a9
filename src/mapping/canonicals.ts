/** The canonical base of everything that we publish. */
export const base = 'https://w3id.org/coursebridge';

/** An extension of ours. */
export const ownExtension = (name: string): string => `${base}/StructureDefinition/${name}`;

/** A CodeSystem of ours; a keyword list is one. */
export const ownCodeSystem = (name: string): string => `${base}/CodeSystem/${name}`;

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
