/** Questionnaires made up for tests: shapes that our own instruments do not have. */

const own = (name: string): string => `https://w3id.org/coursebridge/StructureDefinition/${name}`;
const ordinalValue = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
export const system = 'https://hospital.test/answers';

export const item = (linkId: string, type: string, more: object = {}) => ({ linkId, type, ...more });

export const option = (code: string, weight?: number) => ({
  valueCoding: {
    ...(weight !== undefined && { extension: [{ url: ordinalValue, valueDecimal: weight }] }),
    system,
    code,
  },
});

/** A computed item: what it sums, by linkIds. */
export const score = (linkId: string, key: string | undefined, ...summed: string[]) =>
  item(linkId, 'decimal', {
    readOnly: true,
    extension: [
      ...(key === undefined ? [] : [{ url: own('score-key'), valueString: key }]),
      ...summed.map((one) => ({ url: own('score-items'), valueString: one })),
    ],
  });

const limit = (name: string, value: object) => ({ url: `http://hl7.org/fhir/StructureDefinition/${name}`, ...value });
const range = (min: number, max: number) => [
  limit('minValue', { valueInteger: min }),
  limit('maxValue', { valueDecimal: max }),
];

/**
 * Two scored groups with a subscore each, a total of the two, a score that is only stated, one item of every other kind
 * of answer, and a question below another.
 */
export const pain = {
  resourceType: 'Questionnaire',
  url: 'https://hospital.test/Questionnaire/pain',
  version: '2',
  title: 'Pain',
  item: [
    item('about', 'display'),
    item('sensory', 'group', {
      item: [
        item('s1', 'choice', { answerOption: [0, 1, 2, 3].map((valueInteger) => ({ valueInteger })) }),
        item('s2', 'integer', { extension: range(0, 3) }),
        item('inner', 'group', { item: [item('s3', 'decimal', { extension: range(0, 10) }), item('why', 'text')] }),
      ],
    }),
    item('affective', 'group', {
      item: [
        item('a1', 'choice', { answerOption: [option('no', 0), option('half', 0.5), option('yes', 1)] }),
        item('a2', 'choice', {
          answerOption: [option('none', 0), option('left', 1), option('right', 1), option('na')],
        }),
      ],
    }),
    item('kind', 'choice', { answerOption: [option('sharp'), option('dull')] }),
    item('other', 'open-choice', { answerOption: [option('burning')] }),
    item('any', 'choice', { answerValueSet: 'https://hospital.test/ValueSet/any' }),
    item('day', 'dateTime'),
    item('again', 'boolean', {
      item: [item('since', 'date'), item('worse', 'group', { item: [item('how', 'string')] })],
    }),
    item('file', 'attachment', { item: [item('caption', 'string')] }),
    score('mood-score', 'mood'),
    score('sensory-score', 'sensory', 'sensory'),
    score('affective-score', 'affective', 'affective'),
    score('total-score', 'total', 'sensory-score', 'affective-score'),
  ],
};
