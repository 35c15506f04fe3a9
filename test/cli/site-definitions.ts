/** A site's own instrument and programme, made up: nothing of them is known to the code or to what we ship. */

const ownUrl = 'https://w3id.org/coursebridge/StructureDefinition';
const ordinal = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const answers = 'https://clinic.example.org/CodeSystem/rest-answer';

const options = [
  ['never', 0],
  ['sometimes', 1.5],
  ['often', 4],
] as const;

const items = ['falling-asleep', 'waking-early', 'tired-by-day'];

export const instrument = 'https://clinic.example.org/Questionnaire/rest-scale';
export const programme = 'weekly-at-the-clinic';

const named = (names: string): string =>
  `%resource.item.where(linkId in (${names})).answer.value.extension('${ordinal}').value`;
const scored = named(items.map((name) => `'${name}'`).join(' | '));

const band = (min: number, max: number, code: string): object => ({
  url: `${ownUrl}/score-band`,
  extension: [
    { url: 'min', valueDecimal: min },
    { url: 'max', valueDecimal: max },
    { url: 'band', valueCoding: { system: 'https://clinic.example.org/CodeSystem/rest', code } },
  ],
});

/** Modelled on phq9.json, with weights, linkIds and bands of its own. */
export const questionnaire = {
  resourceType: 'Questionnaire',
  url: instrument,
  version: '3',
  title: 'Rest Scale (made up)',
  status: 'active',
  subjectType: ['Patient'],
  item: [
    ...items.map((linkId) => ({
      linkId,
      text: linkId,
      type: 'choice',
      answerOption: options.map(([code, weight]) => ({
        valueCoding: { extension: [{ url: ordinal, valueDecimal: weight }], system: answers, code },
      })),
    })),
    {
      extension: [
        {
          url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
          valueExpression: {
            language: 'text/fhirpath',
            expression: `iif(${scored}.count() = 3, ${scored}.sum())`,
          },
        },
        { url: `${ownUrl}/score-key`, valueString: 'total' },
        ...items.map((linkId) => ({ url: `${ownUrl}/score-items`, valueString: linkId })),
        band(0, 5.5, 'rested'),
        band(6, 12, 'tired'),
      ],
      linkId: 'rest-total',
      text: 'Total',
      type: 'decimal',
      readOnly: true,
    },
  ],
};

/** One dose a week for two weeks; a response is a fall of the scale above by 40 per cent, which is no programme's of ours. */
export const plan = {
  resourceType: 'PlanDefinition',
  url: 'https://clinic.example.org/PlanDefinition/weekly',
  identifier: [{ system: 'https://clinic.example.org/programmes', value: programme }],
  version: '1',
  title: 'Weekly (made up)',
  type: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/plan-definition-type', code: 'clinical-protocol' }],
  },
  status: 'active',
  contained: [
    {
      resourceType: 'ActivityDefinition',
      id: 'dose',
      status: 'active',
      kind: 'MedicationRequest',
      dosage: [{ route: { coding: [{ system: 'https://w3id.org/coursebridge/CodeSystem/route', code: 'IM' }] } }],
    },
  ],
  goal: [
    {
      id: 'response',
      description: { text: 'Response' },
      target: [
        {
          extension: [{ url: `${ownUrl}/instrument`, valueCanonical: instrument }],
          detailRange: { low: { value: 40, unit: '%', system: 'http://unitsofmeasure.org', code: '%' } },
        },
      ],
    },
  ],
  action: [
    {
      id: 'treatment',
      code: [{ coding: [{ system: 'https://w3id.org/coursebridge/CodeSystem/phase', code: 'treatment' }] }],
      action: [
        {
          extension: [
            {
              url: `${ownUrl}/timepoint`,
              extension: [
                {
                  url: 'kind',
                  valueCoding: { system: 'https://w3id.org/coursebridge/CodeSystem/timepoint', code: 'baseline' },
                },
              ],
            },
          ],
          relatedAction: [{ actionId: 'doses', relationship: 'before-start' }],
          definitionCanonical: instrument,
        },
        {
          id: 'doses',
          timingTiming: { repeat: { count: 2, frequency: 1, period: 1, periodUnit: 'wk' } },
          definitionCanonical: '#dose',
        },
      ],
    },
  ],
};

const assessment = (id: string, at: string, values: readonly number[]): object => ({
  id,
  instrument,
  at,
  items: items.map((linkId, index) => ({ linkId, value: values[index] })),
});

const session = (id: string, at: string): object => ({
  id,
  status: 'completed',
  at,
  administrations: [
    {
      id: '1',
      status: 'completed',
      substance: 'ketamine',
      route: 'IM',
      amount: { value: 35, unit: 'mg' },
      start: at,
    },
  ],
});

/** A course under them, as `unmap` writes it: 9.5 falls to 5.5, which is 42.11 per cent. */
export const course = JSON.stringify({
  schemaVersion: '1',
  system: 'https://clinic.example.org/courses',
  id: 'own-1',
  programme: { key: programme },
  patient: { system: 'https://clinic.example.org/patients', id: 'P-1' },
  status: 'completed',
  sessions: [session('1', '2026-02-02T10:00:00+01:00'), session('2', '2026-02-09T10:00:00+01:00')],
  assessments: [assessment('before', '2026-02-01', [4, 4, 1.5]), assessment('after', '2026-02-16', [1.5, 4, 0])],
  outcomes: [
    {
      id: 'end',
      instrument,
      baselineAssessmentId: 'before',
      currentAssessmentId: 'after',
      at: '2026-02-16',
    },
  ],
});
