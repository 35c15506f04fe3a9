import { administrationRows } from './administration.ts';
import { adverseEventRows } from './adverse-event.ts';
import { answerRows } from './assessment.ts';
import { recordRows } from './course-record.ts';
import { summaryRows } from './course-summary.ts';
import { dissociationRows } from './dissociation.ts';
import { eligibilityRows } from './eligibility.ts';
import { roleUrl } from './evaluation.ts';
import { followUpRows } from './follow-up.ts';
import { interviewRows } from './interview.ts';
import { outcomeRows } from './outcome.ts';
import { phaseTransitionRows } from './phase-transition.ts';
import { psychotherapySessionRows } from './psychotherapy-session.ts';
import { readingRows } from './reading.ts';
import type { Row } from './rows.ts';
import { correctedRows } from './scene.ts';
import { subscoreRows, totalRows } from './score.ts';
import { sedationRows } from './sedation.ts';
import { sessionRows } from './session-record.ts';
import { sideEffectRows } from './side-effect.ts';
import { suicideRiskRows } from './suicide-risk.ts';
import { timepointSessionPath } from './timepoint.ts';
import { bloodPressure, singleVitalSigns } from './vital-signs.ts';
import { weightRows } from './weight.ts';

/** The table of contents of the mapping: each part of a course, the resource that it becomes, and the rows of both. */
export interface ResourceMap {
  /** Where the part stands in the course format. */
  readonly part: string;
  readonly type: 'Observation' | 'MedicationAdministration' | 'QuestionnaireResponse';
  /** The code or the Questionnaire of ours that tells the resource from others of the type. */
  readonly name: string;
  /** The fields that rows map, in the order of the resource. */
  readonly rows: readonly Row[];
  /** Fields that the file maps by a function of its own, since they are references or several elements: their places. */
  readonly besides: Readonly<Record<string, string>>;
}

const id = { id: 'identifier' };
const quantity = (at: string) => ({ value: `${at}.value`, unit: `${at}.code` });

const observation = (
  part: string,
  name: string,
  rows: readonly Row[],
  besides: Readonly<Record<string, string>> = {},
): ResourceMap => ({ part, type: 'Observation', name, rows, besides });

/** A part with an id says that it was corrected on each of its resources. */
const ofPart = (map: ResourceMap): ResourceMap => ({
  ...map,
  rows: [...correctedRows, ...map.rows],
  besides: { ...id, ...map.besides },
});

const response = (
  part: string,
  name: string,
  rows: readonly Row[],
  besides: Readonly<Record<string, string>> = {},
): ResourceMap => ({ part, type: 'QuestionnaireResponse', name, rows, besides });

const totals = (role: 'baseline' | 'current'): string => `derivedFrom.where(extension('${roleUrl}').value = '${role}')`;
const evaluated = { baselineAssessmentId: totals('baseline'), currentAssessmentId: totals('current') };
const timepointSession = { 'timepoint.sessionId': timepointSessionPath };

export const maps: readonly ResourceMap[] = [
  ofPart(
    observation('', 'course-summary', summaryRows, {
      system: 'identifier.system',
      'patient.system': 'subject.identifier.system',
      'patient.id': 'subject.identifier.value',
    }),
  ),
  response('', 'course-record', recordRows, { schemaVersion: "'1'" }),
  ofPart(observation('sessions', 'session-record', sessionRows)),
  // An adverse event says no session: it is a member of one, or of the course summary.
  observation('adverseEvents', 'session-record', [], { sessionId: 'hasMember' }),
  observation('sessions.weight', 'weight', weightRows, { ...quantity('value'), at: 'effective' }),
  ofPart({
    part: 'sessions.administrations',
    type: 'MedicationAdministration',
    name: 'administration',
    rows: administrationRows,
    besides: {},
  }),
  ofPart(observation('sessions.readings', 'reading', readingRows)),
  observation(
    'sessions.readings',
    'bloodPressure',
    [],
    Object.fromEntries(
      bloodPressure.components.map(({ field }) => [
        field,
        `component.where(code.coding.where(code = '${field}').exists()).value`,
      ]),
    ),
  ),
  ...singleVitalSigns.map(({ field }) => observation('sessions.readings', field, [], { [field]: 'value' })),
  ofPart(observation('sessions.sideEffects', 'side-effect', sideEffectRows)),
  ofPart(observation('sessions.dissociation', 'dissociation', dissociationRows)),
  ofPart(observation('sessions.sedation', 'sedation', sedationRows)),
  ofPart(observation('adverseEvents', 'adverse-event', adverseEventRows)),
  ofPart(
    response('assessments', 'of the instrument', answerRows, {
      instrument: 'questionnaire',
      ...timepointSession,
      items: 'item.answer.value',
    }),
  ),
  observation('assessments', 'total', totalRows),
  observation(
    'assessments.statedSubscores',
    'subscore',
    // The order of the list is no field of it.
    subscoreRows.filter(({ field }) => field !== 'order'),
  ),
  ofPart(response('eligibility', 'eligibility', eligibilityRows)),
  ofPart(
    response('psychotherapySessions', 'psychotherapy-session', psychotherapySessionRows, {
      sessionId: 'partOf[1]',
    }),
  ),
  ofPart(response('suicideRisk', 'suicide-risk', suicideRiskRows)),
  ofPart(response('interviews', 'interview', interviewRows, timepointSession)),
  ofPart(observation('outcomes', 'outcome', outcomeRows, evaluated)),
  ofPart(observation('phaseTransitions', 'phase-transition', phaseTransitionRows, evaluated)),
  ofPart(response('followUps', 'follow-up', followUpRows)),
];

/** Where one field of the course format stands in FHIR. */
export interface FieldPlace {
  /** The field, dotted; a list adds no index. */
  readonly field: string;
  /** The resource: its FHIR type and what tells it from others of the type. */
  readonly resource: string;
  /** FHIRPath for people to read, below the resource. */
  readonly element: string;
}

/** Every field that the maps map, in their order. */
export const fieldPlaces: readonly FieldPlace[] = maps.flatMap(({ part, type, name, rows, besides }) => {
  const resource = `${type} ${name}`;
  const prefix = part === '' ? '' : `${part}.`;
  return [
    ...Object.entries(besides).map(([field, element]) => ({ field: `${prefix}${field}`, resource, element })),
    ...placesOf(rows, prefix, '').map(({ field, element }) => ({ field, resource, element })),
  ];
});

function placesOf(rows: readonly Row[], prefix: string, above: string): { field: string; element: string }[] {
  return rows.flatMap(({ field, element, entries }) =>
    field.split(', ').flatMap((name) => {
      const at = `${above}${element}`;
      return entries === undefined
        ? [{ field: `${prefix}${name}`, element: at }]
        : placesOf(entries, `${prefix}${name}.`, `${at}.`);
    }),
  );
}
