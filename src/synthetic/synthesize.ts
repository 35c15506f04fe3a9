import { canonicalCourse } from '../course/canonical.ts';
import type { Phase, TreatmentCourse } from '../course/schema.ts';
import { adverseEventsOf } from './adverse-events.ts';
import { appointmentsOf, type Appointment } from './appointments.ts';
import { plannedAssessments } from './assessment-plan.ts';
import { assessmentsOf } from './assessments.ts';
import { mostlyDays } from './clock.ts';
import { eligibilityOf } from './eligibility.ts';
import { followUpsOf } from './follow-ups.ts';
import { illnessOf } from './illness.ts';
import { indicationOf, medicationsOf } from './indication.ts';
import { interviewsOf } from './interviews.ts';
import { outcomesOf } from './outcomes.ts';
import { agreementOf, patientOf, psychotherapyOf, versionOf } from './patient-and-record.ts';
import { phasesOf, phaseTransitionsOf } from './phases.ts';
import { refTo, uriAt } from './places.ts';
import { programmes, type ProgrammeKey, type Size } from './programmes.ts';
import { psychotherapySessionsOf } from './psychotherapy-sessions.ts';
import { randomOf, type Random } from './random.ts';
import { scheduleOf, type Schedule } from './schedule.ts';
import { sessionsOf } from './sessions.ts';
import { correctedAfter, setupOf, type Setup } from './setup.ts';
import { atMost, resourcesBeside } from './size.ts';
import { suicideRisksOf } from './suicide-risk.ts';

export interface SynthesisOptions {
  /** Any whole number: another seed gives other courses, with other ids. */
  readonly seed: number;
  /** Which course of the seed; no two share an id. */
  readonly index: number;
  readonly size: Size;
}

/**
 * A course of a programme that no one had: plausible in time and number, and as incomplete, imprecise and oddly named
 * as real ones are. The same arguments give the same course for ever; nothing else decides it.
 */
export function synthesize(key: ProgrammeKey, { seed, index, size }: SynthesisOptions): TreatmentCourse {
  const programme = programmes[key];
  const random = randomOf(`${key}/${seed}/${index}/${size}`);
  const setup = setupOf(key, programme, { size, index }, random.branch('setup'));
  const schedule = scheduleOf(programme, size, setup.turns, random.branch('schedule'));
  const number = `${seed.toString(36)}.${size === 'full' ? 'F' : ''}${index}`;
  const setting = random.chance(programme.inpatients) ? 'inpatient' : 'outpatient';
  const phases = phasesOf(schedule, setup, random.branch('phases'));
  const appointments = appointmentsOf(schedule, phases, setup, random.branch('appointments'));
  const course = {
    ...headOf(schedule, number, setting, setup, random),
    ...partsOf(schedule, phases, appointments, setup, random),
  };
  const wanted = (size === 'full' ? 302 : random.integer(26, 42)) - resourcesBeside(course);
  const sessions = sessionsOf(appointments, setting, wanted, setup, random.branch('sessions'));
  return canonicalCourse(atMost(size === 'full' ? 315 : 45, { ...course, sessions }));
}

/** What is said of the course as a whole. */
function headOf(
  schedule: Schedule,
  number: string,
  setting: NonNullable<TreatmentCourse['setting']>,
  setup: Setup,
  random: Random,
): TreatmentCourse {
  const { key, programme, stated, clock, place, staff, turns } = setup;
  const { status, endReason } = schedule;
  const site = random.maybe(stated(0.8), () => refTo(uriAt(place, 'organisations'), 'S1', place.name, random));
  const over = status === 'completed' || status === 'stopped';
  return {
    schemaVersion: '1',
    system: uriAt(place, 'courses'),
    id: random.branch('id').weighted(idShapes)(`${programme.prefix}-${number}`),
    corrected: correctedAfter(schedule.known, setup, random, 'course'),
    ...versionOf(schedule, setup, random.branch('version')),
    timeZone: clock.timeZone,
    programme: random.maybe(0.95, () => ({
      key,
      version: random.maybe(stated(0.3), () => random.pick(['1', '1.0', '2024-11', 'v1 (Nov 2024)'])),
    })),
    patient: patientOf(schedule, number, setup, random.branch('patient')),
    status,
    start: clock.loosely(schedule.start, random, mostlyDays),
    end: random.maybe(over ? 0.9 : 0, () => clock.loosely(schedule.end, random, mostlyDays)),
    endReason: random.maybe(turns.reason === endReason ? 0.95 : stated(0.8), () => endReason),
    setting: random.maybe(stated(0.7), () => setting),
    site,
    department: random.maybe(stated(0.4), () =>
      refTo(uriAt(place, 'organisations'), 'D-12', 'Synthetic Mood Unit', random),
    ),
    clinician: random.maybe(stated(0.7), () => staff.someone(random)),
    recorder: random.maybe(stated(0.4), () => staff.someone(random)),
    // One of the two always says that the course is synthetic.
    sourceSystem: random.maybe(site?.name === undefined ? 1 : 0.8, () =>
      random.pick(['synthetic', 'synthetic', `synthetic EHR of ${place.host}`]),
    ),
  };
}

/** Everything that a course lists beside its sessions. */
function partsOf(
  schedule: Schedule,
  phases: Phase[],
  appointments: readonly Appointment[],
  setup: Setup,
  random: Random,
): Partial<TreatmentCourse> {
  const illness = illnessOf(schedule, random.branch('illness'));
  const planned = plannedAssessments(schedule, appointments, setup, random.branch('assessment-plan'));
  const taken = assessmentsOf(planned, illness, setup, random.branch('assessments'));
  return {
    indication: indicationOf(setup, random.branch('indication')),
    ...agreementOf(schedule, setup, random.branch('agreement')),
    concomitantMedications: medicationsOf(schedule, setup, random.branch('medications')),
    psychotherapyPlan: psychotherapyOf(setup, random.branch('psychotherapy')),
    eligibility: eligibilityOf(schedule, setup, random.branch('eligibility')),
    phases,
    phaseTransitions: phaseTransitionsOf(schedule, phases, taken, setup, random.branch('transitions')),
    psychotherapySessions: psychotherapySessionsOf(schedule, appointments, setup, random.branch('talks')),
    assessments: taken.map(({ assessment }) => assessment),
    suicideRisk: suicideRisksOf(schedule, setup, random.branch('suicide-risk')),
    interviews: interviewsOf(schedule, appointments, illness, setup, random.branch('interviews')),
    outcomes: outcomesOf(schedule, taken, setup, random.branch('outcomes')),
    adverseEvents: adverseEventsOf(schedule, appointments, setup, random.branch('adverse-events')),
    followUps: followUpsOf(schedule, illness, setup, random.branch('follow-ups')),
  };
}

// Ids with the separators of searches and addresses, text outside ASCII, and the greatest length.
const idShapes: readonly (readonly [number, (id: string) => string])[] = [
  [90, (id) => id],
  [2, (id) => `${id},a|b#c/d`],
  [2, (id) => `Kurs ${id} – Übung`],
  [2, (id) => `${id} 🌿`],
  [2, (id) => `${id}/50%&?`],
  [2, (id) => `${id}-`.padEnd(300, 'long-id-')],
];
