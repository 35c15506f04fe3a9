import type { Ref, TreatmentCourse } from '../course/schema.ts';
import { day, dayText, doubledHour, hour, midnight, minute, mostlyDays, type Wall } from './clock.ts';
import type { Random } from './random.ts';
import { uriAt } from './places.ts';
import type { Schedule } from './schedule.ts';
import type { Setup } from './setup.ts';

/** The person: nobody. */
export function patientOf(
  { start }: Schedule,
  number: string,
  { place, stated, key }: Setup,
  random: Random,
): TreatmentCourse['patient'] {
  const born = midnight(start) - random.integer(19 * 365, 78 * 365) * day;
  const birthDate = dayText(born);
  return {
    system: uriAt(place, 'patients'),
    id: random.pick([`P-${number}`, `synthetic ${number}`, `pt/${number}`, `P-${number}`]),
    otherIds: random.maybe(stated(0.25), () => [
      { system: 'urn:oid:2.999.4.1', id: `TEST-${number}` },
      ...(random.chance(0.3) ? [{ system: `https://registry.example.org/${key}`, id: `R ${number}` }] : []),
    ]),
    sex: random.maybe(stated(0.8), () =>
      random.weighted([
        [46, 'female'],
        [46, 'male'],
        [4, 'other'],
        [4, 'unknown'],
      ] as const),
    ),
    birthDate: random.maybe(stated(0.6), () => birthDate.slice(0, random.pick([10, 10, 10, 4, 7]))),
    ageAtStart: random.maybe(stated(0.4), () => ageAt(birthDate, dayText(start))),
  };
}

function ageAt(born: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}

/** Which course it is, and of which version. */
export function versionOf(
  schedule: Schedule,
  { clock, programme, stated }: Setup,
  random: Random,
): Pick<TreatmentCourse, 'version' | 'recordedAt'> {
  const usual = schedule.known + random.integer(0, 5) * day + random.integer(0, 600) * minute;
  const night = random.chance(0.06) ? doubledHour(Number(dayText(usual).slice(0, 4)), programme.zone) : undefined;
  const wall: Wall = night === undefined || night < usual ? usual : night + random.integer(0, 59) * minute;
  return {
    version: random.maybe(stated(0.5), () => random.pick([0, 1, 1, 1, 2, 3, 17, 20_260_105, 9_007_199_254_740_991])),
    recordedAt: random.maybe(stated(0.6), () => clock.moment(wall, random)),
  };
}

/** How it was agreed: referral and consent, before the first day. */
export function agreementOf(
  { start, status }: Schedule,
  { clock, stated }: Setup,
  random: Random,
): Pick<TreatmentCourse, 'referral' | 'consent'> {
  const before = (days: number): string | undefined =>
    clock.loosely(midnight(start) - days * day + 10 * hour, random, mostlyDays);
  const scope = random.maybe(0.6, () => random.pick(['treatment', 'research', 'both']));
  // Nobody is treated without consent; consent to research may be refused, and a planned treatment too.
  const refused = random.chance(scope === 'research' ? 0.4 : status === 'planned' ? 0.2 : 0);
  return {
    referral: random.maybe(stated(0.5), () => ({
      source: random.maybe(0.9, () => random.pick(['gp', 'psychiatrist', 'specialistService', 'self', 'other'])),
      at: before(random.integer(40, 120)),
      teamDecisionAt: random.maybe(0.6, () => before(random.integer(20, 39))),
      specialistEvaluationAt: before(random.integer(5, 19)),
    })),
    consent: random.maybe(stated(0.6), () => ({
      given: !refused,
      at: before(random.integer(0, 10)),
      scope,
    })),
  };
}

/** The kinds of psychotherapy. */
export const modalities = [
  'psychotherapy',
  'cbt',
  'behaviouralActivation',
  'exposure',
  'interpersonal',
  'humanistic',
  'kap',
] as const;

/** The psychotherapy that goes with it. */
export function psychotherapyOf(
  { programme, staff, stated }: Setup,
  random: Random,
): TreatmentCourse['psychotherapyPlan'] {
  if (!random.chance(stated(programme.psychotherapy))) return undefined;
  return {
    required: random.maybe(0.8, () => programme.psychotherapy > 0.5),
    modalities: modalities.filter(() => random.chance(0.2)),
    therapist: random.maybe(stated(0.4), (): Ref => staff.someone(random)),
    plannedSessions: random.maybe(0.4, () => random.integer(0, 16)),
  };
}
