import type { Keyword } from '../course/keywords.ts';
import type { Reading } from '../course/schema.ts';
import type { JsonNumber } from '../json/json.ts';
import { minute, minutesBetween, type Wall } from './clock.ts';
import { idsOf } from './ids.ts';
import { quantity, written } from './numbers.ts';
import type { Random } from './random.ts';
import { correctedAfter, type Setup } from './setup.ts';

/** When a session's dose acted, and how. */
export interface Action {
  /** The first dose, or the appointment where none was given. */
  readonly zero: Wall;
  /** The written start of the first dose, where there is one. */
  readonly firstStart: string | undefined;
  /** How long the dose acts, in minutes: what is during, and what is after. */
  readonly minutes: number;
  /** How high the pressure rises: 1 is usual, 3 a reason to stop or not to begin. */
  readonly rise: number;
  /** Whether it is up before any dose, which is then not given. */
  readonly early: boolean;
}

/** What the readings of one session hang on. */
export interface Watch extends Action {
  readonly count: number;
}

/** How many FHIR resources a reading of this programme has on average: the group, and one for each vital sign. */
export function resourcesPerReading({ programme: { watched } }: Setup): number {
  return 1 + watched.bloodPressure + watched.heartRate + watched.respiratoryRate + watched.saturation + temperatureOdds;
}

const temperatureOdds = 0.08;

/** When the readings of a session are, in minutes from the first dose, and what moment each is. */
export function readingMinutes({ count, minutes }: Watch): readonly { t: number; moment: Keyword<'reading-moment'> }[] {
  const step = Math.max(5, Math.round((minutes + 60) / count / 5) * 5);
  return Array.from({ length: count }, (_, n) => {
    const t = n === 0 ? -10 : n * step;
    const moment = t < 0 ? 'pre' : t <= minutes ? 'during' : n === count - 1 ? 'discharge' : 'post';
    return { t, moment };
  });
}

/** The readings of one session: pressure and pulse rise while the dose acts, and return. */
export function readingsOf(watch: Watch, setup: Setup, random: Random): Reading[] {
  const ids = idsOf('R', setup.habits, random.branch('ids'));
  const byMinute = setup.habits.branch('by-minute').chance(0.3);
  const person = {
    systolic: random.between(108, 138),
    diastolic: random.between(66, 86),
    pulse: random.between(58, 82),
    device: random.pick(['Monitor 3', 'Synthetic Monitor Model S/2, ward "B"', 'wrist cuff']),
  };
  return readingMinutes(watch).map(({ t, moment }, n) => {
    const own = random.branch(n);
    const wall = watch.zero + t * minute + (own.chance(0.2) ? own.integer(0, 59) * 1000 : 0);
    const at = own.maybe(0.94, () => setup.clock.moment(wall, own));
    return {
      id: byMinute ? String(t) : ids(n + 1),
      corrected: correctedAfter(wall, setup, own),
      at,
      statedMinutes: own.maybe(at === undefined ? 0.9 : 0.2, () => statedMinutesAt(t, at, watch, setup, own)),
      moment: own.maybe(setup.stated(0.7), () => moment),
      position: own.maybe(setup.stated(0.3), () => own.pick(['sitting', 'supine', 'reclining', 'standing'])),
      device: own.maybe(setup.stated(0.2), () => person.device),
      ...vitalsOf(person, risenBy(t, watch), setup, own),
    };
  });
}

/** Minutes from the first dose, as a source states them of what it has written `at`; `t` where nothing says better. */
export function statedMinutesAt(
  t: number,
  at: string | undefined,
  { firstStart }: Action,
  { clock }: Setup,
  random: Random,
): JsonNumber | undefined {
  const exact = at === undefined || firstStart === undefined ? t : minutesBetween(firstStart, at, clock.timeZone);
  return exact === undefined ? undefined : written(exact, random.chance(0.1) ? 1 : 0, random);
}

// Up within the dose's time, down again with a half-life of about a quarter of an hour.
function risenBy(t: number, { minutes, rise, early }: Watch): number {
  if (early) return rise;
  if (t <= 0) return 0;
  return t <= minutes ? rise * Math.sin((t / minutes) * (Math.PI / 2)) : rise * Math.exp((minutes - t) / 20);
}

interface Person {
  readonly systolic: number;
  readonly diastolic: number;
  readonly pulse: number;
}

function vitalsOf(person: Person, risen: number, setup: Setup, random: Random): Partial<Reading> {
  // Now and then only the position or the moment was noted.
  if (random.chance(0.01)) return {};
  const { watched, imperial } = setup.programme;
  const systolic = Math.round(person.systolic + 22 * risen + random.between(-4, 4));
  const diastolic = Math.round(person.diastolic + 12 * risen + random.between(-3, 3));
  const mean = Math.round(diastolic + (systolic - diastolic) / 3);
  const pressure = random.chance(watched.bloodPressure)
    ? random.weighted([
        [80, ['systolic', 'diastolic']],
        [14, ['systolic', 'diastolic', 'mean']],
        [2, ['systolic']],
        [1, ['diastolic']],
        [1, ['mean']],
      ])
    : [];
  const mmHg = (name: string, value: number): { value: ReturnType<typeof written>; unit: 'mm[Hg]' } | undefined =>
    pressure.includes(name) ? quantity(value, 0, 'mm[Hg]', random) : undefined;
  const celsius = random.between(36.2, 37.3);
  return {
    systolic: mmHg('systolic', systolic),
    diastolic: mmHg('diastolic', diastolic),
    meanArterial: mmHg('mean', mean),
    heartRate: random.maybe(watched.heartRate, () =>
      quantity(person.pulse + 10 * risen + random.between(-4, 4), 0, '/min', random),
    ),
    respiratoryRate: random.maybe(watched.respiratoryRate, () => quantity(random.integer(11, 19), 0, '/min', random)),
    oxygenSaturation: random.maybe(watched.saturation, () =>
      quantity(random.between(94.5, 99.5), random.chance(0.1) ? 1 : 0, '%', random),
    ),
    temperature: random.maybe(temperatureOdds, () =>
      imperial && random.chance(0.7)
        ? quantity(celsius * 1.8 + 32, 1, '[degF]', random)
        : quantity(celsius, 1, 'Cel', random),
    ),
  };
}
