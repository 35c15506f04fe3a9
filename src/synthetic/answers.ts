import type { AssessmentItem } from '../course/schema.ts';
import type { AnswerOption, Instrument, InstrumentItem } from '../definitions/instrument.ts';
import { dayText, hour, type Wall } from './clock.ts';
import { written } from './numbers.ts';
import { uriAt } from './places.ts';
import type { Random } from './random.ts';
import type { Setup } from './setup.ts';
import { coded, notes } from './wording.ts';

/**
 * An answer to every item of an instrument, as bad as `severity` (0 to 1) says, in whatever way the item is answered.
 * Nothing is known of any instrument here.
 */
export function answersTo(
  instrument: Instrument,
  severity: number,
  at: Wall,
  setup: Setup,
  random: Random,
): readonly AssessmentItem[] {
  return [...instrument.items.values()].map((item) => {
    // Thoughts of death are rarer than the rest at the same severity.
    const isSafety = instrument.safety.some(({ linkId }) => linkId === item.linkId);
    const level = Math.min(1, Math.max(0, severity * (isSafety ? 0.5 : 1) + random.between(-0.3, 0.3)));
    return { linkId: item.linkId, ...answerTo(item, level, at, setup, random) };
  });
}

type Answer = Omit<AssessmentItem, 'linkId'>;

function answerTo(item: InstrumentItem, level: number, at: Wall, setup: Setup, random: Random): Answer {
  switch (item.answeredBy) {
    case 'value':
      return { value: valueOf(item, level, random) };
    case 'code':
      return codeOf(item, level, setup, random);
    case 'text':
      return { text: random.pick(notes) };
    case 'time':
      return { time: timeOf(item, at, setup, random) };
    default:
      // Yes says more than a mild answer does.
      return { yes: random.chance(level * level) };
  }
}

function valueOf(item: InstrumentItem, level: number, random: Random): NonNullable<Answer['value']> {
  const { options, numbers, type, min = 0, max = 10 } = item;
  const weights =
    numbers ?? options.flatMap(({ answeredBy, weight }) => (answeredBy === 'value' ? (weight ?? []) : []));
  const steps = weights.toSorted((a, b) => a - b);
  const step = steps[Math.round(level * (steps.length - 1))];
  if (step !== undefined) return step;
  const value = min + level * (max - min);
  if (type === 'integer') return Math.round(value);
  // One digit more than the limits have may lie outside them.
  return written(Math.min(max, Math.max(min, Math.round(value * 2) / 2)), random.chance(0.5) ? 1 : 0, random);
}

function codeOf({ options, type }: InstrumentItem, level: number, setup: Setup, random: Random): Answer {
  if (type === 'open-choice' && random.chance(0.3)) return { text: random.pick(notes) };
  const offered = options.filter(({ answeredBy }) => answeredBy === 'code');
  const option = offered[Math.round(level * (offered.length - 1))];
  return { code: option === undefined ? ownCode(setup, random) : codeIn(option, random) };
}

const codeIn = ({ system, code, display }: AnswerOption, random: Random): NonNullable<Answer['code']> =>
  display === undefined ? { system, code } : coded(system, code, display, random);

// A choice whose options are in a value set elsewhere takes any code.
const ownCode = ({ place }: Setup, random: Random): NonNullable<Answer['code']> =>
  coded(uriAt(place, 'codes/answer'), 'A 1', 'First answer', random);

function timeOf({ type }: InstrumentItem, at: Wall, { clock }: Setup, random: Random): string {
  const then = at - random.integer(0, 30 * 24) * hour;
  return type === 'date' ? dayText(then) : clock.moment(then, random);
}
