import type { Json } from './places.ts';

/** Values that R4 accepts, for elements that a mutant has and should not have. */

const system = 'https://other.example.org/codes';
export const concept = { coding: [{ system, code: 'other' }] };

/** By the name of the type. */
export const ofType: Readonly<Record<string, unknown>> = {
  boolean: false,
  code: 'other',
  CodeableConcept: concept,
  Coding: { system, code: 'other' },
  date: '2026-01-02',
  dateTime: '2026-01-02T03:04:05Z',
  decimal: 1.5,
  Identifier: { system, value: 'other' },
  instant: '2026-01-02T03:04:05Z',
  integer: 7,
  Period: { start: '2026-01-02T03:04:05Z' },
  positiveInt: 7,
  Quantity: { value: 7, system: 'http://unitsofmeasure.org', code: 'kg' },
  Range: { low: { value: 1 }, high: { value: 2 } },
  Ratio: {
    numerator: { value: 1, system: 'http://unitsofmeasure.org', code: 'mg' },
    denominator: { value: 1, system: 'http://unitsofmeasure.org', code: 'h' },
  },
  Reference: { reference: 'Observation/other' },
  string: 'other',
  time: '03:04:05',
  Timing: { event: ['2026-01-02T03:04:05Z'] },
  uri: 'https://other.example.org',
};

/** Where only some of a type will do. */
export const ofChoice: Readonly<Record<string, Json>> = {
  'medication[x]': { Reference: { reference: 'Medication/other' } },
};

/** By the name of the element, where its type does not tell. */
export const ofElement: Readonly<Record<string, readonly unknown[]>> = {
  basedOn: [{ reference: 'CarePlan/other' }],
  // R4 wants the components of vital signs in one of their units.
  component: [{ code: concept, valueQuantity: { value: 7, system: 'http://unitsofmeasure.org', code: 'cm' } }],
  contained: [
    { resourceType: 'Medication', id: 'other' },
    { resourceType: 'Basic', id: 'other', code: concept },
  ],
  derivedFrom: [{ reference: 'Observation/other' }],
  hasMember: [{ reference: 'Observation/other' }],
  instantiates: ['https://other.example.org/plan'],
  note: [{ text: 'other' }],
  partOf: [
    { reference: 'MedicationAdministration/other' },
    { reference: 'Procedure/other' },
    { reference: 'Observation/other' },
  ],
  performer: [{ display: 'other' }, { actor: { display: 'other' } }],
  referenceRange: [{ text: 'other' }],
  specimen: [{ reference: 'Specimen/other' }],
  statusReason: [concept],
  supportingInformation: [{ display: 'other' }],
  text: ['other'],
  extension: [{ url: 'https://other.example.org/extension', valueBoolean: true }],
};

/** The types that references are tried with. */
export const targets: readonly string[] = [
  'Group',
  'Device',
  'Location',
  'Encounter',
  'EpisodeOfCare',
  'Procedure',
  'ImagingStudy',
  'QuestionnaireResponse',
  'MolecularSequence',
  'Observation',
  'Patient',
  'Condition',
];

export const strangeExtension = (): Json => ({ url: 'https://other.example.org/extension', valueBoolean: true });
