import type { Keyword } from '../course/keywords.ts';
import type { Dissociation, Sedation, Session, SideEffect } from '../course/schema.ts';
import type { Appointment } from './appointments.ts';
import { day, dayText, minute } from './clock.ts';
import { idsOf } from './ids.ts';
import { written } from './numbers.ts';
import { uriAt } from './places.ts';
import type { Random } from './random.ts';
import { statedMinutesAt, type Action } from './readings.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { endsCourse, type ReasonKey } from './turns.ts';
import { coded, interventions, snomed } from './wording.ts';

type Effect = Keyword<'adverse-effect'>;

/** What a dose did that it was not given for. `speaking`: the session says what it is the course's turn to say. */
export function effectsOf(
  action: Action,
  { reason }: Appointment,
  speaking: boolean,
  setup: Setup,
  random: Random,
): Pick<Session, 'sideEffects' | 'dissociation' | 'sedation'> {
  const { stated, turns, size, programme } = setup;
  const more = size === 'full' ? 2 : 1;
  const draw = random.branch('counts');
  const count = (often: number, most: number): number => (draw.chance(stated(often)) ? draw.integer(1, most) : 0);
  const sideEffects = new Set<Effect>();
  if (speaking && turns.sideEffect !== undefined) sideEffects.add(turns.sideEffect);
  if (isEffect(reason?.key) && draw.chance(0.7)) sideEffects.add(reason.key);
  const wanted = Math.max(sideEffects.size, speaking && turns.has('sideEffects') ? 1 : count(0.12 * more, 2));
  while (sideEffects.size < wanted) sideEffects.add(draw.pick(programme.sideEffects));
  const least = (kind: 'dissociation' | 'sedation'): number => (speaking && turns.has(kind) ? 1 : 0);
  return {
    sideEffects: sideEffectsOf([...sideEffects], action, setup, random.branch('side')),
    dissociation: dissociationOf(
      Math.max(least('dissociation'), count(programme.dissociationScored * more, more)),
      action,
      setup,
      random.branch('dissociation'),
    ),
    sedation: sedationOf(
      Math.max(least('sedation'), count(0.04 * more, more)),
      action,
      setup,
      random.branch('sedation'),
    ),
  };
}

const isEffect = (key: ReasonKey | undefined): key is Effect => key !== undefined && !endsCourse(key);

function sideEffectsOf(effects: readonly Effect[], action: Action, setup: Setup, random: Random): SideEffect[] {
  const { clock, stated } = setup;
  const ids = idsOf('FX', setup.habits, random.branch('ids'));
  return effects.map((effect, n) => {
    const own = random.branch(n);
    const begun = action.zero + own.integer(3, action.minutes + 20) * minute;
    const severity = own.maybe(stated(0.8), () => own.weighted(severities));
    const resolved = own.maybe(stated(0.5), () =>
      own.chance(0.1)
        ? dayText(begun + own.integer(2, 40) * day)
        : clock.moment(begun + own.pick([5, 10, 20, 45, 90]) * minute, own),
    );
    return {
      id: ids(n + 1),
      corrected: correctedAfter(action.zero, setup, own, 'sideEffects'),
      effect: effect !== setup.turns.sideEffect && own.chance(0.2) ? codeOf(effect, setup, own) : { key: effect },
      severity,
      ...(severity !== 'none' && {
        // A day without an offset may begin after a moment of it.
        onset: own.maybe(stated(0.7), () =>
          resolved === undefined ? clock.loosely(begun, own) : clock.moment(begun, own),
        ),
        resolved,
        intervention: own.maybe(stated(0.2), () => own.pick(interventions)),
      }),
    };
  });
}

const severities = [
  [1, 'none'],
  [8, 'mild'],
  [4, 'moderate'],
  [1, 'severe'],
] as const satisfies readonly (readonly [number, Keyword<'effect-severity'>])[];

/** Sources that do not use our keywords use a code of SNOMED CT, or one of their own. */
function codeOf(effect: Effect, { place }: Setup, random: Random): SideEffect['effect'] {
  const known = concepts[effect];
  if (known !== undefined && random.chance(0.7)) return coded(snomed, known[0], known[1], random);
  return coded(uriAt(place, 'codes/effect'), `fx ${effect}`, `Local: ${effect}`, random);
}

const concepts: Partial<Record<Effect, readonly [code: string, display: string]>> = {
  nausea: ['422587007', 'Nausea'],
  vomiting: ['422400008', 'Vomiting'],
  dizziness: ['404640003', 'Dizziness'],
  headache: ['25064002', 'Headache'],
  anxiety: ['48694002', 'Anxiety'],
};

function dissociationOf(count: number, action: Action, setup: Setup, random: Random): Dissociation[] {
  const ids = idsOf('DIS', setup.habits, random.branch('ids'));
  const scale = random.pick(['cadss', 'numeric0to10']);
  return Array.from({ length: count }, (_, n) => {
    const own = random.branch(n);
    const t = n === 0 ? own.integer(15, action.minutes + 10) : action.minutes + 10 + n * 30;
    const height = own.between(0.05, 0.7) / (n + 1);
    const at = own.maybe(0.8, () => setup.clock.moment(action.zero + t * minute, own));
    return {
      id: ids(n + 1),
      corrected: correctedAfter(action.zero, setup, own, 'dissociation'),
      scale,
      // The sum of 23 items of 0 to 4, or what the patient says from 0 to 10.
      score:
        scale === 'cadss' ? written(Math.round(height * 92), 0, own) : written(Math.round(height * 20) / 2, 1, own),
      at,
      statedMinutes: own.maybe(0.4, () => statedMinutesAt(t, at, action, setup, own)),
    };
  });
}

function sedationOf(count: number, action: Action, setup: Setup, random: Random): Sedation[] {
  const ids = idsOf('SED', setup.habits, random.branch('ids'));
  return Array.from({ length: count }, (_, n) => {
    const own = random.branch(n);
    const t = own.integer(10, action.minutes) + n * action.minutes;
    return {
      id: ids(n + 1),
      corrected: correctedAfter(action.zero, setup, own, 'sedation'),
      scale: 'moaas',
      // 5 is awake, 0 is not rousable.
      score: own.pick([5, 5, 4, 4, 3, 5, 2]),
      at: own.maybe(0.85, () => setup.clock.loosely(action.zero + t * minute, own)),
    };
  });
}
