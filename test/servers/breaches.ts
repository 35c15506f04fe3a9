/** Resources as far as they get broken here: copies do, what is handed in stays whole. */
interface Concept {
  readonly coding?: readonly { readonly system: string; readonly code: string }[];
}
interface Breakable {
  readonly [element: string]: unknown;
  readonly code: Concept;
  readonly component: readonly { readonly code: Concept }[];
  readonly dosage: object;
}

interface Breach {
  readonly what: string;
  /** The profile that it breaks. */
  readonly of: string;
  readonly breach: (resource: Breakable) => object;
}

const without =
  (element: string) =>
  ({ [element]: _, ...others }: Breakable): object =>
    others;

const withoutFact =
  (fact: string) =>
  (resource: Breakable): object => ({
    ...resource,
    component: resource.component.filter(({ code }) => code.coding?.every((coding) => coding.code !== fact) === true),
  });

const unknownRoute = [{ system: 'https://w3id.org/coursebridge/CodeSystem/route', code: 'by-drone' }];

/** Each breaks one promise of a profile. */
export const breaches: readonly Breach[] = [
  { what: 'a course without its identifier', of: 'course-summary', breach: without('identifier') },
  { what: 'a session that does not say whether it took place', of: 'session-record', breach: withoutFact('status') },
  { what: 'a reading with a value of its own', of: 'reading', breach: (one) => ({ ...one, valueString: 'fine' }) },
  {
    what: 'a heart rate without the code of LOINC',
    of: 'heart-rate',
    breach: (one) => ({
      ...one,
      code: { coding: one.code.coding?.filter(({ system }) => system !== 'http://loinc.org') },
    }),
  },
  {
    what: 'a pressure in kilopascals',
    of: 'blood-pressure',
    breach: (resource) => ({
      ...resource,
      component: resource.component.map((one) => ({
        ...one,
        valueQuantity: { value: 16, unit: 'kPa', system: 'http://unitsofmeasure.org', code: 'kPa' },
      })),
    }),
  },
  {
    what: 'a route that is in no list',
    of: 'ketamine-administration',
    breach: (one) => ({ ...one, dosage: { ...one.dosage, route: { coding: unknownRoute } } }),
  },
  {
    what: 'a dose in grams',
    of: 'ketamine-administration',
    breach: (one) => ({
      ...one,
      dosage: { ...one.dosage, dose: { value: 1, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' } },
    }),
  },
  { what: 'a side effect that does not say which', of: 'side-effect', breach: without('valueCodeableConcept') },
  { what: 'a score of no answers', of: 'score', breach: without('derivedFrom') },
  { what: 'an outcome without its reduction', of: 'outcome-evaluation', breach: withoutFact('reduction-percent') },
  { what: 'answers that are part of no course', of: 'assessment-response', breach: without('partOf') },
  { what: 'a form that does not say which', of: 'form-response', breach: without('questionnaire') },
];
