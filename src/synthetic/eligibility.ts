import { keywords, type Keyword } from '../course/keywords.ts';
import type { Eligibility } from '../course/schema.ts';
import { day, hour, midnight, mostlyDays, type Wall } from './clock.ts';
import { idsOf } from './ids.ts';
import { uriAt } from './places.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { coded, criterionNotes } from './wording.ts';

type Decision = Keyword<'eligibility-decision'>;
type Criterion = Eligibility['criteria'][number];

/** Whether the patient could be treated: most often once, with yes; else put off first, or asked again during treatment. */
export function eligibilityOf(schedule: Schedule, setup: Setup, random: Random): Eligibility[] {
  const { stated, turns, clock, staff } = setup;
  if (!random.chance(turns.has('eligibility') ? 1 : stated(0.5))) return [];
  const ids = idsOf('E', setup.habits, random.branch('ids'));
  const before = (days: number): Wall => midnight(schedule.start) - days * day + 11 * hour;
  const decisions: (readonly [Wall, Decision])[] = [
    ...(random.chance(0.15) ? [[before(random.integer(15, 60)), 'deferred'] as const] : []),
    [before(random.integer(2, 14)), schedule.status === 'planned' ? random.pick(allDecisions) : 'eligible'],
    ...(stoppedByRule(schedule) && random.chance(0.6) ? [[schedule.end, 'notEligible'] as const] : []),
  ];
  return decisions.map(([at, decision], n) => {
    const own = random.branch(n);
    return {
      id: ids(n + 1),
      corrected: correctedAfter(at, setup, own, 'eligibility'),
      at: clock.loosely(at, own, mostlyDays),
      assessor: own.maybe(stated(0.6), () => staff.someone(own)),
      decision: own.maybe(0.9, () => decision),
      criteria: criteriaOf(decision, at, setup, own.branch('criteria')),
    };
  });
}

const allDecisions = keywords['eligibility-decision'];

const stoppedByRule = ({ endReason }: Schedule): boolean =>
  endReason === 'clinicianChoice' || endReason === 'adverseEvent';

function criteriaOf(decision: Decision, at: Wall, setup: Setup, random: Random): Criterion[] {
  const { programme, place, clock, stated } = setup;
  const asked = programme.exclusions.filter(() => random.chance(stated(0.85)));
  const all = asked.length === 0 ? [random.pick(keywords.contraindication)] : asked;
  const against = decision === 'eligible' ? undefined : random.integer(0, all.length - 1);
  const keyed = all.map((key, n): Criterion => {
    const state = n === against ? (random.chance(0.8) ? 'met' : 'unknown') : random.chance(0.9) ? 'absent' : 'unknown';
    return {
      key,
      state,
      at: random.maybe(0.1, () => clock.loosely(at - random.integer(0, 5) * day, random, mostlyDays)),
      note: random.maybe(0.08, () => random.pick(criterionNotes)),
    };
  });
  if (!random.chance(0.15)) return keyed;
  const code = coded(uriAt(place, 'codes/criterion'), 'intra-cranial pressure', 'Raised intracranial pressure', random);
  return [...keyed, { code, state: 'absent' }];
}
