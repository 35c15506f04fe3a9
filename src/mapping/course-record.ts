import { courseIdentifier } from '../course/identity.ts';
import type { Phase, TreatmentCourse } from '../course/schema.ts';
import type { Elements } from './elements.ts';
import {
  codeCoding,
  codeOrKeyCoding,
  date,
  integer,
  keywordCoding,
  longInteger,
  quantity,
  ref,
  string,
  time,
  uriText,
  yes,
} from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { answers, groups, item } from './places.ts';
import { beginResponse, formItem } from './response.ts';
import { readRows, rowsOf, writeRows, type FieldName, type FieldValue, type Row } from './rows.ts';
import type { Leaf } from './leaves.ts';
import { mapped, type Scene } from './scene.ts';

/**
 * What is neither dose, measurement nor instrument of the course as a whole, as a response to a form of ours,
 * `profiles/questionnaires/course-record.json`: an item's linkId is the field's dotted name.
 * To add a field: a line here, an item there.
 */

const row = rowsOf<TreatmentCourse>();
type Field = FieldName<TreatmentCourse>;
const answer = <P extends Field>(field: P, leaf: Leaf<FieldValue<TreatmentCourse, P>>): Row =>
  row(field, formItem(field), leaf);

type Medication = NonNullable<TreatmentCourse['concomitantMedications']>[number];
const medication = rowsOf<Medication>();
const medicationRows: readonly Row[] = [
  medication('id', item('concomitantMedications.id'), string),
  medication('code', item('concomitantMedications.code'), codeCoding),
  medication('name', item('concomitantMedications.name'), string),
  medication('class', item('concomitantMedications.class'), keywordCoding('medication-class')),
  medication('dose', item('concomitantMedications.dose'), quantity),
  medication('start', item('concomitantMedications.start'), time),
  medication('end', item('concomitantMedications.end'), time),
  medication('heldOnDosingDays', item('concomitantMedications.heldOnDosingDays'), yes),
  medication('corrected.at', item('concomitantMedications.corrected', 'concomitantMedications.corrected.at'), time),
  medication(
    'corrected.reason',
    item('concomitantMedications.corrected', 'concomitantMedications.corrected.reason'),
    string,
  ),
];

const phase = rowsOf<Phase>();
const phaseRows: readonly Row[] = [
  phase('id', item('phases.id'), string),
  phase('key', item('phases.key'), keywordCoding('phase')),
  phase('from', item('phases.from'), time),
  phase('to', item('phases.to'), time),
  phase('plannedSessions', item('phases.plannedSessions'), integer),
  phase('corrected.at', item('phases.corrected', 'phases.corrected.at'), time),
  phase('corrected.reason', item('phases.corrected', 'phases.corrected.reason'), string),
];

const otherId = rowsOf<{ system: string; id: string }>();
const priorTreatment = rowsOf<{ kind: string; helped?: boolean | undefined }>();

export const recordRows: readonly Row[] = [
  answer('version', longInteger),
  answer('recordedAt', time),
  answer('timeZone', string),
  row.list('patient.otherIds', groups('patient', 'patient.otherIds'), [
    otherId('system', item('patient.otherIds.system'), uriText),
    otherId('id', item('patient.otherIds.id'), string),
  ]),
  answer('patient.sex', keywordCoding('sex')),
  answer('patient.birthDate', date),
  answer('patient.ageAtStart', integer),
  answer('setting', keywordCoding('course-setting')),
  answer('site', ref),
  answer('department', ref),
  answer('clinician', ref),
  row.each('indication.diagnoses', answers('indication', 'indication.diagnoses'), codeOrKeyCoding('diagnosis')),
  answer('indication.severity', keywordCoding('depression-severity')),
  answer('indication.episode', keywordCoding('episode-type')),
  answer('indication.treatmentResistant', yes),
  answer('indication.failedAntidepressants', integer),
  row.list('indication.priorTreatments', groups('indication', 'indication.priorTreatments'), [
    priorTreatment('kind', item('indication.priorTreatments.kind'), keywordCoding('prior-treatment')),
    priorTreatment('helped', item('indication.priorTreatments.helped'), yes),
  ]),
  answer('indication.bipolar', yes),
  answer('indication.psychoticFeatures', yes),
  answer('indication.suicidalityAtEntry', yes),
  answer('indication.pain', keywordCoding('pain')),
  answer('referral.source', keywordCoding('referral-source')),
  answer('referral.at', time),
  answer('referral.teamDecisionAt', time),
  answer('referral.specialistEvaluationAt', time),
  answer('consent.given', yes),
  answer('consent.at', time),
  answer('consent.scope', keywordCoding('consent-scope')),
  row.list('concomitantMedications', groups('concomitantMedications'), medicationRows),
  answer('psychotherapyPlan.required', yes),
  row.each(
    'psychotherapyPlan.modalities',
    answers('psychotherapyPlan', 'psychotherapyPlan.modalities'),
    keywordCoding('modality'),
  ),
  answer('psychotherapyPlan.therapist', ref),
  answer('psychotherapyPlan.plannedSessions', integer),
  row.list('phases', groups('phases'), phaseRows),
  answer('recorder', ref),
  answer('sourceSystem', string),
];

export function writeCourseRecord(scene: Scene): MappedResource {
  const identifier = courseIdentifier(scene.course, 'record');
  const resource = beginResponse(scene, identifier, scene.course, scene.definitions.form('course-record'));
  writeRows(recordRows, scene.course, resource, scene);
  return mapped(resource, identifier, 'TreatmentCourse');
}

export const readCourseRecord = (resource: Elements): Elements => readRows(recordRows, resource);
