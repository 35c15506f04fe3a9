import type { Administration, Session } from '../course/schema.ts';
import { numberValue } from '../json/json.ts';
import type { PlannedDose } from './programme.ts';
import type { Deviation } from './schedule-label.ts';
import { givenIn, momentIn } from './schedule-treatments.ts';

// As for a dose against its weight (course format, "Administration"): within five per cent a difference is rounding.
const doseTolerance = 0.05;
// The sources state no tolerance of a duration: five minutes are ours.
const minutesTolerance = 5;
const kilograms: Readonly<Record<string, number>> = { kg: 1, g: 0.001, '[lb_av]': 0.45359237 };

/** How the doses of a session differ from every way of giving one that the programme states. */
export function doseDeviations(session: Session, ways: readonly PlannedDose[], zone: string | undefined): Deviation[] {
  const given = givenIn(session);
  const [substances, routes] = [ways.map(({ substance }) => substance), ways.map(({ route }) => route)];
  return [
    ...when(
      given.some(({ substance }) => isOther(substance, substances)),
      'otherSubstance',
    ),
    ...when(
      given.some(({ route }) => isOther(route, routes)),
      'otherRoute',
    ),
    ...when(isOtherDose(session, ways), 'otherDose'),
    ...when(isOtherDuration(session, ways, zone), 'otherDuration'),
  ];
}

// A way that leaves it open allows everything, and so does a programme that states no way.
const isOther = <V>(value: V | undefined, planned: readonly (V | undefined)[]): boolean =>
  value !== undefined && planned.length > 0 && !planned.includes(undefined) && !planned.includes(value);

const when = (holds: boolean, deviation: Deviation): Deviation[] => (holds ? [deviation] : []);

/** Whether everything of a session ran to its end. What was stopped gave less, and its status says so. */
const ranToItsEnd = (session: Session): boolean =>
  session.status === 'completed' && givenIn(session).every(({ status }) => status === 'completed');

function isOtherDose(session: Session, ways: readonly PlannedDose[]): boolean {
  const given = perWeightIn(session);
  const planned = wayOf(session, ways)?.perWeight;
  if (given === undefined || planned === undefined) return false;
  // Just above the tolerance, so that 0.525 of 0.5 is within five per cent in binary fractions too.
  return Math.abs(given - planned) > doseTolerance * planned + 1e-9;
}

/** All that was given in mg/kg, where it was given to the end and the course says each amount. */
function perWeightIn(session: Session): number | undefined {
  const { value, unit } = session.weight ?? {};
  const weight = value === undefined ? undefined : numberValue(value) * (kilograms[unit ?? ''] ?? Number.NaN);
  return sumOf(session, ({ perWeight, amount }) => {
    if (perWeight !== undefined) return numberValue(perWeight.value);
    return amount === undefined || weight === undefined || !(weight > 0)
      ? undefined
      : numberValue(amount.value) / weight;
  });
}

/** All that was given in mg, where it was given to the end and the course says each amount. */
export const milligramsIn = (session: Session): number | undefined =>
  sumOf(session, ({ amount }) => (amount === undefined ? undefined : numberValue(amount.value)));

function sumOf(session: Session, amountOf: (one: Administration) => number | undefined): number | undefined {
  const given = givenIn(session);
  if (given.length === 0 || !ranToItsEnd(session)) return undefined;
  return given.reduce<number | undefined>((sum, one) => {
    const amount = amountOf(one);
    return sum === undefined || amount === undefined ? undefined : sum + amount;
  }, 0);
}

function isOtherDuration(session: Session, ways: readonly PlannedDose[], zone: string | undefined): boolean {
  const planned = wayOf(session, ways)?.minutes;
  if (planned === undefined || !ranToItsEnd(session)) return false;
  const moments = initialIn(session).map(({ start, end }) => [start, end].map((text) => momentIn(text, zone)));
  const [starts, ends] = [moments.map(([start]) => start), moments.map(([, end]) => end)];
  const minutes = (Math.max(...definite(ends)) - Math.min(...definite(starts))) / 60_000;
  return Number.isFinite(minutes) && Math.abs(minutes - planned) > minutesTolerance;
}

// Not a number where one is unknown, which every comparison then refuses.
const definite = (moments: readonly (number | undefined)[]): readonly number[] =>
  moments.map((moment) => moment ?? Number.NaN);

/** The doses of a session without what was added to them, which has a route and a time of its own. */
const initialIn = (session: Session): readonly Administration[] =>
  givenIn(session).filter(({ kind }) => kind === undefined || kind === 'initial');

/** The way that a session's dose went, by its route; the only one, where it says no route. */
function wayOf(session: Session, ways: readonly PlannedDose[]): PlannedDose | undefined {
  const routes = new Set(initialIn(session).map(({ route }) => route));
  const [route] = routes;
  if (routes.size !== 1) return undefined;
  if (route === undefined) return ways.length === 1 ? ways[0] : undefined;
  return ways.find((way) => way.route === route || way.route === undefined);
}
