import type { Keyword } from '../course/keywords.ts';
import { shippedDefinitions } from '../definitions/definitions.ts';
import type { Instrument } from '../definitions/instrument.ts';
import type { Appointment } from './appointments.ts';
import { batteries, burdens, type Asked } from './batteries.ts';
import { dueAt, type Due } from './moments.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import type { Setup } from './setup.ts';
import { resourcesOf } from './size.ts';

/** An assessment that a course has. */
export interface PlannedAssessment extends Due {
  readonly instrument: Instrument;
  /** How bad its answers are, beside how ill the person is. */
  readonly burden: number;
}

/** Which assessments a course has: some of those that its programme asks for, in time. */
export function plannedAssessments(
  schedule: Schedule,
  appointments: readonly Appointment[],
  setup: Setup,
  random: Random,
): readonly PlannedAssessment[] {
  const { size, turns } = setup;
  // A tenth of the courses may lack a side of what is compared.
  const spoilt = turns.instrument === undefined && random.chance(0.1);
  const ordered = askedIn(setup, random)
    .flatMap((asked) => dueOf(asked, schedule, appointments, setup, random.branch(asked.instrument)))
    .map((one) => ({ one, order: (spoilt ? 3 : one.rank) + random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ one }) => one);
  const few = turns.instrument !== undefined ? 3 : random.chance(0.08) ? 0 : random.integer(1, 4);
  const wanted = size === 'full' ? random.integer(9, 14) : few;
  return roomFor(ordered.slice(0, wanted), size === 'full' ? 60 : 10).toSorted((a, b) => a.at - b.at);
}

/** The instruments of the programme that are asked, and the one whose turn it is, which it need not know. */
function askedIn({ key, turns }: Setup, random: Random): readonly Asked[] {
  const turn = turns.instrument;
  const usual = batteries[key].filter(({ often }) => random.chance(often));
  if (turn === undefined) return usual;
  return [inTurn(turn), ...usual.filter(({ instrument }) => instrument !== turn)];
}

const inTurn = (instrument: Keyword<'instrument'>): Asked => ({
  instrument,
  at: [{ kind: 'baseline' }, { kind: 'afterSession' }],
  often: 1,
});

interface Ranked extends PlannedAssessment {
  /** What is asked first when not everything is: the lowest. */
  readonly rank: number;
}

function dueOf(
  asked: Asked,
  schedule: Schedule,
  appointments: readonly Appointment[],
  { key, turns }: Setup,
  random: Random,
): readonly Ranked[] {
  const instrument = shippedDefinitions.instrument(asked.instrument);
  if (instrument === undefined) return [];
  const due = asked.at.flatMap((moment) => {
    // What is asked once comes before what is asked after every session.
    const rank = moment.kind === 'afterSession' && moment.n === undefined ? 3 : 2;
    return dueAt(moment, schedule, appointments, random).map((one) => ({ ...one, rank }));
  });
  const compared =
    asked.instrument === turns.instrument ? 0 : asked.instrument === batteries[key][0].instrument ? 1 : 2;
  return due.map((each, n) => ({
    ...each,
    instrument,
    burden: burdens[asked.instrument],
    // The first and the last are what is compared.
    rank: n === 0 || n === due.length - 1 ? compared : each.rank,
  }));
}

/** As many as there is room for: one with many subscores takes that of several others. */
function roomFor(ordered: readonly PlannedAssessment[], resources: number): readonly PlannedAssessment[] {
  let room = resources;
  return ordered.filter(({ instrument }) => {
    const fits = room > 0;
    room -= resourcesOf(instrument);
    return fits;
  });
}
