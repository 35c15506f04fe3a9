import type { Reading, Session, TreatmentCourse } from '../course/schema.ts';

/** How many FHIR resources the course becomes: the least that tells small courses from full ones. */
export function resourceCount(course: TreatmentCourse): number {
  return (
    2 + resourcesIn(course.sessions ?? []) + 2 * (course.assessments?.length ?? 0) + (course.suicideRisk?.length ?? 0)
  );
}

/** How many of them its sessions become. */
export function resourcesIn(sessions: readonly Session[]): number {
  return sessions.reduce((sum, session) => sum + ofSession(session), 0);
}

function ofSession({ weight, administrations, readings }: Session): number {
  const own = 1 + (weight === undefined ? 0 : 1) + (administrations?.length ?? 0);
  return own + (readings ?? []).reduce((sum, reading) => sum + ofReading(reading), 0);
}

// A group, one blood pressure for its halves and its mean, and one resource for each other vital sign.
function ofReading(reading: Reading): number {
  const pressure = reading.systolic ?? reading.diastolic ?? reading.meanArterial;
  const others = [reading.heartRate, reading.respiratoryRate, reading.oxygenSaturation, reading.temperature];
  return 1 + [pressure, ...others].filter((vital) => vital !== undefined).length;
}

/** The course with readings left out, from the sessions that have most of them, until it has at most `limit` resources. */
export function atMost(limit: number, course: TreatmentCourse): TreatmentCourse {
  let trimmed = course;
  for (;;) {
    const sessions = trimmed.sessions ?? [];
    const fullest = sessions.reduce((most, session) => (lengthOf(session) > lengthOf(most) ? session : most), none);
    if (fullest === none || resourceCount(trimmed) <= limit) return trimmed;
    trimmed = { ...trimmed, sessions: sessions.map((session) => (session === fullest ? oneLess(session) : session)) };
  }
}

function oneLess({ readings, ...session }: Session): Session {
  const kept = readings?.slice(0, -1) ?? [];
  return kept.length === 0 ? session : { ...session, readings: kept };
}

const none: Session = { id: 'none', status: 'notDone' };
const lengthOf = ({ readings }: Session): number => readings?.length ?? 0;
