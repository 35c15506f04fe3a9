import { keywords, type Keyword, type KeywordList } from '../course/keywords.ts';
import { elementOf, elementsIn, numberIn, textIn, type Elements } from './elements.ts';
import { codeSystem } from './terminology.ts';

/** One way in which a programme gives a dose. What its source does not state is undefined, never a default. */
export interface PlannedDose {
  readonly substance: Keyword<'substance'> | undefined;
  readonly route: Keyword<'route'> | undefined;
  /** In mg/kg. */
  readonly perWeight: number | undefined;
  readonly minutes: number | undefined;
}

/** How many treatments are planned, and how far apart. */
export interface Frequency {
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** The days from one treatment to the next. */
  readonly interval: number | undefined;
}

/** A month is a twelfth of 365.25 days: no tolerance here is finer than that. */
export const daysOf: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, wk: 7, mo: 365.25 / 12, a: 365.25 };

/** The code of ours that a CodeableConcept or a Coding holds. */
export function ownCode(concept: Elements, list: string): string | undefined {
  const codings = [concept, ...elementsIn(concept, 'coding')];
  const own = codings.find((coding) => coding['system'] === codeSystem(list));
  return own === undefined ? undefined : textIn(own, 'code');
}

/** The keyword of a list that a CodeableConcept or a Coding holds. */
export function ownKeyword<L extends KeywordList>(concept: Elements, list: L): Keyword<L> | undefined {
  const code = ownCode(concept, list);
  return (keywords[list] as readonly Keyword<L>[]).find((keyword) => keyword === code);
}

/** The doses that a resource holds as contained ActivityDefinitions, by the canonical that names each within it. */
export function dosesIn(resource: Elements): ReadonlyMap<string, PlannedDose> {
  const activities = elementsIn(resource, 'contained').filter((one) => one['resourceType'] === 'ActivityDefinition');
  return new Map(activities.map((one) => [`#${textIn(one, 'id') ?? ''}`, doseOf(one)]));
}

function doseOf(activity: Elements): PlannedDose {
  const dosage = elementsIn(activity, 'dosage')[0] ?? {};
  const repeat = elementOf(elementOf(dosage['timing'])['repeat']);
  const quantities = elementsIn(dosage, 'doseAndRate').map((one) => elementOf(one['doseQuantity']));
  const perWeight = quantities.find((one) => one['code'] === 'mg/kg');
  const duration = repeat['durationUnit'] === 'min' ? numberIn(repeat, 'duration') : undefined;
  return {
    substance: ownKeyword(elementOf(activity['productCodeableConcept']), 'substance'),
    route: ownKeyword(elementOf(dosage['route']), 'route'),
    perWeight: perWeight === undefined ? undefined : numberIn(perWeight, 'value'),
    minutes: duration,
  };
}

/** What a Timing says of number and distance: `count` to `countMax`, so many times a period. */
export function frequencyOf(timing: Elements): Frequency {
  const repeat = elementOf(timing['repeat']);
  const least = numberIn(repeat, 'count');
  const period = numberIn(repeat, 'period');
  const unit = daysOf[textIn(repeat, 'periodUnit') ?? ''];
  return {
    least,
    most: numberIn(repeat, 'countMax') ?? least,
    interval:
      period === undefined || unit === undefined ? undefined : (period * unit) / (numberIn(repeat, 'frequency') ?? 1),
  };
}

/** The days that an action takes: its Duration, or the most that its Range allows. */
export function durationOf(action: Elements): number | undefined {
  const duration = elementOf(action['timingDuration'] ?? elementOf(action['timingRange'])['high']);
  const value = numberIn(duration, 'value');
  const unit = daysOf[textIn(duration, 'code') ?? ''];
  return value === undefined || unit === undefined ? undefined : value * unit;
}
