import { canonicalCourse } from '../course/canonical.ts';
import type { Phase, Session, TreatmentCourse } from '../course/schema.ts';
import { assessmentsOf } from './assessments.ts';
import { bodyOf } from './body.ts';
import { mostlyDays } from './clock.ts';
import { idsOf } from './ids.ts';
import { indicationOf, medicationsOf } from './indication.ts';
import { agreementOf, patientOf, psychotherapyOf, versionOf } from './patient-and-record.ts';
import { refTo, uriAt } from './places.ts';
import { programmes, type ProgrammeKey, type Size } from './programmes.ts';
import { randomOf, type Random } from './random.ts';
import { resourcesPerReading } from './readings.ts';
import { scheduleOf, type Schedule } from './schedule.ts';
import { sessionOf } from './sessions.ts';
import { correctedAfter, setupOf, type Setup } from './setup.ts';
import { atMost, resourcesIn } from './size.ts';
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
  const setup = setupOf(key, programme, size, random.branch('setup'));
  const schedule = scheduleOf(programme, size, random.branch('schedule'));
  const number = `${seed.toString(36)}.${size === 'full' ? 'F' : ''}${index}`;
  const phases = phasesOf(schedule, setup, random.branch('phases'));
  const setting = random.chance(programme.inpatients) ? 'inpatient' : 'outpatient';
  const sessions = sessionsOf(schedule, phases, setting, setup, random.branch('sessions'));
  const { stated, clock, place, staff } = setup;
  const site = random.maybe(stated(0.8), () => refTo(uriAt(place, 'organisations'), 'S1', place.name, random));
  const over = schedule.status === 'completed' || schedule.status === 'stopped';
  return atMost(
    size === 'full' ? 310 : 40,
    canonicalCourse({
      schemaVersion: '1',
      system: uriAt(place, 'courses'),
      id: random.branch('id').weighted(idShapes)(`${programme.prefix}-${number}`),
      corrected: correctedAfter(schedule.known, setup, random),
      ...versionOf(schedule, setup, random.branch('version')),
      timeZone: clock.timeZone,
      programme: random.maybe(0.95, () => ({
        key,
        version: random.maybe(stated(0.3), () => random.pick(['1', '1.0', '2024-11', 'v1 (Nov 2024)'])),
      })),
      patient: patientOf(schedule, number, setup, random.branch('patient')),
      status: schedule.status,
      start: clock.loosely(schedule.start, random, mostlyDays),
      end: random.maybe(over ? 0.9 : 0, () => clock.loosely(schedule.end, random, mostlyDays)),
      endReason: random.maybe(over ? stated(0.8) : 0, () => endReasonOf(schedule.status, random)),
      setting: random.maybe(stated(0.7), () => setting),
      site,
      department: random.maybe(stated(0.4), () =>
        refTo(uriAt(place, 'organisations'), 'D-12', 'Synthetic Mood Unit', random),
      ),
      clinician: random.maybe(stated(0.7), () => staff.someone(random)),
      indication: indicationOf(setup, random.branch('indication')),
      ...agreementOf(schedule, setup, random.branch('agreement')),
      concomitantMedications: medicationsOf(schedule, setup, random.branch('medications')),
      psychotherapyPlan: psychotherapyOf(setup, random.branch('psychotherapy')),
      phases,
      sessions,
      assessments: assessmentsOf(schedule, sessions, setup, random.branch('assessments')),
      suicideRisk: suicideRisksOf(schedule, setup, random.branch('suicide-risk')),
      recorder: random.maybe(stated(0.4), () => staff.someone(random)),
      // One of the two always says that the course is synthetic.
      sourceSystem: random.maybe(site?.name === undefined ? 1 : 0.8, () =>
        random.pick(['synthetic', 'synthetic', `synthetic EHR of ${place.host}`]),
      ),
    }),
  );
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

function endReasonOf(status: Schedule['status'], random: Random): TreatmentCourse['endReason'] {
  if (status === 'completed') return random.chance(0.95) ? 'completed' : 'other';
  return random.pick([
    'noResponse',
    'adverseEvent',
    'patientChoice',
    'clinicianChoice',
    'lostToFollowUp',
    'death',
    'other',
  ]);
}

function phasesOf({ spans, known }: Schedule, setup: Setup, random: Random): Phase[] {
  const ids = idsOf('ph', setup.habits, random.branch('ids'));
  if (!random.chance(setup.stated(0.9))) return [];
  return spans.map((span, n) => {
    const own = random.branch(n);
    return {
      id: ids(n + 1),
      corrected: correctedAfter(span.from, setup, own),
      key: span.key,
      from: own.maybe(span.from <= known ? 0.9 : 0.4, () => setup.clock.loosely(span.from, own, mostlyDays)),
      to: own.maybe(span.to <= known ? 0.8 : 0.1, () => setup.clock.loosely(span.to, own, mostlyDays)),
      plannedSessions: own.maybe(setup.stated(0.6), () => span.sessions),
    };
  });
}

function sessionsOf(
  schedule: Schedule,
  phases: readonly Phase[],
  setting: NonNullable<TreatmentCourse['setting']>,
  setup: Setup,
  random: Random,
): Session[] {
  const { size, programme } = setup;
  const body = bodyOf(programme, random.branch('body'));
  const ids = idsOf('S', setup.habits, random.branch('ids'));
  const wanted = size === 'full' ? 262 : random.integer(18, 34);
  const sessionsWith = (readings: number): Session[] =>
    schedule.visits.map((visit) => {
      const own = random.branch(visit.ordinal);
      const count = Math.floor(readings + own.branch('readings').next());
      const plan = { visit, id: ids(visit.ordinal), phaseId: phases[visit.span]?.id, setting, body, readings: count };
      return sessionOf(plan, setup, own);
    });
  // How many readings make the size depends on what the sessions are (not done, at home, without a weight), so the
  // number is found by trying; every other draw stays where it is.
  let readings = 0;
  let sessions = sessionsWith(readings);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const missing = wanted - resourcesIn(sessions);
    if (missing <= 0 || sessions.length === 0) break;
    readings += missing / sessions.length / resourcesPerReading(setup);
    sessions = sessionsWith(readings);
  }
  return sessions;
}
