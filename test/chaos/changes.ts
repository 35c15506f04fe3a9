import type { Assessment, Session, TreatmentCourse } from '../../src/course/schema.ts';
import type { Random } from '../../src/synthetic/random.ts';
import { canary } from './marked-course.ts';

/** What a clinic does to a course: the course after it, and, where it can be said alone, the parts that say it. */
export interface Change {
  readonly course: TreatmentCourse;
  readonly parts?: Partial;
}

/** The lists of a partial submission (course format, rule 7). */
export type Partial = Readonly<Record<string, unknown>>;

type Attempt = (course: TreatmentCourse, number: number, random: Random) => Change | undefined;

/** One change of a course. `number` makes it unlike every earlier one; `removing`: whether parts may be taken back. */
export function change(course: TreatmentCourse, number: number, removing: boolean, random: Random): Change {
  const kinds: readonly (readonly [number, Attempt])[] = [
    [3, newPulse],
    [3, newDose],
    [2, newAnswer],
    [2, newNote],
    [2, addedFollowUp],
    [removing ? 3 : 0, takenBack],
  ];
  const chosen = random.weighted(kinds)(course, number, random);
  return chosen ?? newNote(course, number, random) ?? addedFollowUp(course, number);
}

/** Another pulse in one reading. */
const newPulse: Attempt = (course, number, random) => {
  const session = one(course.sessions, random, ({ readings }) => readings?.some(hasPulse) === true);
  const reading = one(session?.readings, random, hasPulse);
  if (session === undefined || reading === undefined) return undefined;
  const pulse = { value: 40 + (number % 140), unit: '/min' as const };
  if (JSON.stringify(reading.heartRate?.value) === JSON.stringify(pulse.value)) return undefined;
  const changed = { ...reading, heartRate: pulse, corrected: corrected(number) };
  return withSession(course, { ...session, readings: replaced(session.readings, changed) }, { readings: [changed] });
};

const hasPulse = ({ heartRate }: { readonly heartRate?: unknown }): boolean => heartRate !== undefined;

/** Another lot of the drug, and a note. */
const newDose: Attempt = (course, number, random) => {
  const session = one(course.sessions, random, ({ administrations = [] }) => administrations.length > 0);
  const dose = one(session?.administrations, random);
  if (session === undefined || dose === undefined) return undefined;
  const changed = { ...dose, lot: `LOT-${number}`, note: `${canary} dose note ${number}` };
  const administrations = replaced(session.administrations, changed);
  return withSession(course, { ...session, administrations }, { administrations: [changed] });
};

/** Another answer to one item that counts: the total follows. */
const newAnswer: Attempt = (course, _number, random) => {
  const counted = (assessment: Assessment): boolean => assessment.instrument === 'phq9';
  const assessment = one(course.assessments, random, counted);
  const item = one(assessment?.items, random, ({ linkId, value }) => value !== undefined && linkId !== '69722-7');
  if (assessment === undefined || item?.value === undefined) return undefined;
  const value = (Number(item.value) + 1) % 4;
  const items = assessment.items?.map((other) => (other === item ? { ...item, value } : other));
  const changed: Assessment = { ...assessment, items };
  return {
    course: { ...course, assessments: replaced(course.assessments, changed) },
    parts: { assessments: [changed] },
  };
};

/** Another note of a session, which a partial cannot say without the session's other fields. */
const newNote: Attempt = (course, number, random) => {
  const session = one(course.sessions, random);
  if (session === undefined) return undefined;
  const note = `${canary} note ${number} – ${'wörter '.repeat(number % 5)}`.trim();
  return withSession(course, { ...session, note });
};

const addedFollowUp = (course: TreatmentCourse, number: number): Change => {
  const added = { id: `f${number}~${canary}`, mood: 'stable' as const, note: `${canary} follow-up ${number}` };
  return { course: { ...course, followUps: [...(course.followUps ?? []), added] }, parts: { followUps: [added] } };
};

/** One reading, side effect or follow-up less: nothing refers to these. */
const takenBack: Attempt = (course, number, random) => {
  const lists = random.pick([
    ['readings', 'sideEffects'],
    ['sideEffects', 'readings'],
  ] as const);
  for (const list of lists) {
    const session = one(course.sessions, random, (each) => (each[list]?.length ?? 0) > 0);
    const part = one<{ readonly id: string }>(session?.[list], random);
    if (session === undefined || part === undefined) continue;
    const left = (session[list] as readonly { readonly id: string }[]).filter((other) => other !== part);
    const retracted = { id: part.id, retracted: { at: timeOf(number), reason: `${canary} mistaken` } };
    return withSession(course, { ...session, [list]: left }, { [list]: [retracted] });
  }
  return undefined;
};

/** How many parts a course has, counted as a person would: the nested ones too. */
export function partCount(course: TreatmentCourse): number {
  const values: unknown[] = [course, ...(course.sessions ?? [])].flatMap((of): unknown[] => Object.values(of));
  const entries: unknown[] = values.flatMap((value): unknown[] => (Array.isArray(value) ? value : []));
  return entries.filter((entry) => typeof entry === 'object' && entry !== null && 'id' in entry).length;
}

function withSession(course: TreatmentCourse, session: Session, lists?: Partial): Change {
  return {
    course: { ...course, sessions: replaced(course.sessions, session) },
    ...(lists && { parts: { sessions: [{ id: session.id, ...lists }] } }),
  };
}

function replaced<T extends { readonly id: string }>(list: readonly T[] = [], part: T): T[] {
  return list.map((other) => (other.id === part.id ? part : other));
}

function one<T>(list: readonly T[] = [], random: Random, wanted: (part: T) => boolean = () => true): T | undefined {
  const fitting = list.filter(wanted);
  return fitting[random.integer(0, Math.max(0, fitting.length - 1))];
}

const corrected = (number: number) => ({ at: timeOf(number), reason: `${canary} read wrong` });

/** A moment for each number, later than those of smaller ones. */
export function timeOf(number: number): string {
  return `${new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString().slice(0, 19)}Z`;
}
