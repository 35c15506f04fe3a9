/** Some codes of a list of ours (all of them where none are named), or codes of another system. */
export type Selection =
  | { readonly list: string; readonly codes?: readonly string[] }
  | { readonly system: string; readonly codes: readonly string[] };

/** A ValueSet that is not simply one of our lists. */
interface CombinedSet {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly from: readonly Selection[];
  /** Whether it also holds the codes of every score of the instruments that we ship. */
  readonly withScores?: true;
}

const ucum = (...codes: readonly string[]): Selection => ({ system: 'http://unitsofmeasure.org', codes });

export const combinedSets: readonly CombinedSet[] = [
  {
    id: 'absent-reason',
    name: 'AbsentReason',
    title: 'Reasons for an absent value',
    description: 'Why a value is absent: nobody said it, or there can be none (a percentage of a baseline of 0).',
    from: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
        codes: ['unknown', 'not-applicable'],
      },
    ],
  },
  {
    id: 'evaluation-role',
    name: 'EvaluationRole',
    title: 'Roles of the scores that an evaluation compares',
    description: 'Which of the two scores an outcome evaluation or a phase transition is derived from.',
    from: [{ list: 'course-fact', codes: ['baseline', 'current'] }],
  },
  {
    id: 'not-as-planned-reason',
    name: 'NotAsPlannedReason',
    title: 'Reasons for a dose or session that was stopped or not done',
    description: 'Why a dose or a session was stopped or not done: an adverse effect, or what also ends a course.',
    from: [{ list: 'adverse-effect' }, { list: 'end-reason' }],
  },
  {
    id: 'score-code',
    name: 'ScoreCode',
    title: 'Codes of scores',
    description:
      'What a score is: our own code of a total or a subscore, and the code of the score of each instrument that is shipped. A site with instruments of its own has more.',
    from: [{ list: 'observation', codes: ['total', 'subscore'] }],
    withScores: true,
  },
  {
    id: 'stated-status',
    name: 'StatedStatus',
    title: 'Statuses as the clinic stated them',
    description: 'The status of a dose or of an assessment in the words of the course.',
    from: [{ list: 'done-status' }, { list: 'assessment-status' }],
  },
  {
    id: 'body-temperature-unit',
    name: 'BodyTemperatureUnit',
    title: 'Units of body temperature',
    description: 'UCUM units of a body temperature.',
    from: [ucum('Cel', '[degF]')],
  },
  {
    id: 'body-weight-unit',
    name: 'BodyWeightUnit',
    title: 'Units of body weight',
    description: 'UCUM units of a body weight.',
    from: [ucum('kg', 'g', '[lb_av]')],
  },
  {
    id: 'dose-rate-unit',
    name: 'DoseRateUnit',
    title: 'Units of the rate of an infusion',
    description: 'UCUM units of the rate at which a dose was given.',
    from: [ucum('mg/min', 'mg/h', 'mg/kg/h', 'mL/h')],
  },
  {
    id: 'waste-unit',
    name: 'WasteUnit',
    title: 'Units of what was wasted',
    description: 'UCUM units of an amount that was drawn and thrown away.',
    from: [ucum('mg', 'mL')],
  },
];
