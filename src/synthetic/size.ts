import type { Reading, Session, TreatmentCourse } from '../course/schema.ts';
import { shippedDefinitions } from '../definitions/definitions.ts';
import type { Instrument } from '../definitions/instrument.ts';

/** How many FHIR resources the course becomes. */
export function resourceCount(course: TreatmentCourse): number {
  return resourcesIn(course.sessions ?? []) + resourcesBeside(course);
}

/** How many of them are not of its sessions: its summary, its record, and what it lists besides. */
export function resourcesBeside(course: Omit<TreatmentCourse, 'sessions'>): number {
  const { eligibility, phaseTransitions, psychotherapySessions, assessments } = course;
  const { suicideRisk, interviews, outcomes, adverseEvents, followUps } = course;
  const lists = [
    eligibility,
    phaseTransitions,
    psychotherapySessions,
    suicideRisk,
    interviews,
    outcomes,
    adverseEvents,
    followUps,
  ];
  const answers = (assessments ?? []).reduce((sum, { instrument }) => sum + ofAssessment(instrument), 0);
  return 2 + answers + lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

function ofAssessment(named: string): number {
  const instrument = shippedDefinitions.instrument(named);
  return instrument === undefined ? 0 : resourcesOf(instrument);
}

/** How many resources an assessment becomes: the answers, the total, and each subscore. */
export const resourcesOf = ({ scores }: Instrument): number => 2 + scores.filter(({ key }) => key !== 'total').length;

/** How many of them its sessions become. */
export function resourcesIn(sessions: readonly Session[]): number {
  return sessions.reduce((sum, session) => sum + ofSession(session), 0);
}

function ofSession({ weight, administrations, readings, sideEffects, dissociation, sedation }: Session): number {
  const lists = [administrations, sideEffects, dissociation, sedation];
  const own = 1 + (weight === undefined ? 0 : 1) + lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
  return own + (readings ?? []).reduce((sum, reading) => sum + ofReading(reading), 0);
}

// A group, one blood pressure for its halves and its mean, and one resource for each other vital sign.
function ofReading(reading: Reading): number {
  const pressure = reading.systolic ?? reading.diastolic ?? reading.meanArterial;
  const others = [reading.heartRate, reading.respiratoryRate, reading.oxygenSaturation, reading.temperature];
  return 1 + [pressure, ...others].filter((vital) => vital !== undefined).length;
}

/** The course with what it has most of left out, readings first, until it has at most `limit` resources, if that can be. */
export function atMost(limit: number, course: TreatmentCourse): TreatmentCourse {
  let trimmed = course;
  while (resourceCount(trimmed) > limit) {
    const less = oneReadingLess(trimmed) ?? onePartLess(trimmed);
    if (less === undefined) return trimmed;
    trimmed = less;
  }
  return trimmed;
}

function oneReadingLess(course: TreatmentCourse): TreatmentCourse | undefined {
  const sessions = course.sessions ?? [];
  const fullest = longest(sessions, ({ readings }) => readings?.length ?? 0);
  if (fullest === undefined) return undefined;
  const fewer: Session = { ...fullest, readings: fullest.readings?.slice(0, -1) };
  return { ...course, sessions: sessions.map((session) => (session === fullest ? fewer : session)) };
}

// Nothing refers to these, so that one of them can go without another.
const spare = ['psychotherapySessions', 'phaseTransitions', 'suicideRisk', 'interviews', 'followUps'] as const;

function onePartLess(course: TreatmentCourse): TreatmentCourse | undefined {
  const list = longest(spare, (name) => course[name]?.length ?? 0);
  return list === undefined ? undefined : { ...course, [list]: course[list]?.slice(0, -1) };
}

/** The first of those of which the count is the highest; none where it is 0 throughout. */
function longest<T>(all: readonly T[], count: (one: T) => number): T | undefined {
  const most = Math.max(0, ...all.map(count));
  return most === 0 ? undefined : all.find((one) => count(one) === most);
}
