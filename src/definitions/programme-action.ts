import type { Keyword } from '../course/keywords.ts';
import { elementOf, elementsIn, extensions, numberIn, textIn, type Elements } from './elements.ts';
import { frequencyOf, ownCode, ownKeyword, type Frequency, type PlannedDose } from './programme-dose.ts';
import { base } from './terminology.ts';

/** The treatments of a phase: how many, how far apart, and the ways of giving a dose, of which each takes one. */
export interface PlannedTreatments extends Frequency {
  readonly ways: readonly PlannedDose[];
}

/** An assessment that a programme asks for at one moment. */
export interface PlannedAssessment {
  /** Canonicals without a version, of which one is enough. */
  readonly instruments: readonly string[];
  readonly kind: Keyword<'timepoint'>;
  /** Absent with `afterSession`: after each. */
  readonly n: number | undefined;
  /** Whether its lack is worth a word: not where the programme leaves it to the clinic. */
  readonly asked: boolean;
}

/** When a programme asks for a vital sign: the codes of our CodeSystem `monitoring-moment`. */
export const monitoringMoments = ['before', 'during', 'after', 'close', 'firstSession', 'afterDoseIncrease'] as const;
export type MonitoringMoment = (typeof monitoringMoments)[number];

/** A vital sign that a programme asks for in its sessions. */
export interface PlannedMonitoring {
  /** A code of our CodeSystem `observation`. */
  readonly vital: string;
  readonly moment: MonitoringMoment;
  readonly asked: boolean;
}

/** Everything that an action and what is below it plan. */
export interface Planned {
  readonly treatments: PlannedTreatments | undefined;
  readonly assessments: readonly PlannedAssessment[];
  readonly monitoring: readonly PlannedMonitoring[];
  readonly psychotherapy: boolean;
}

/** An action with what it has from those above it. */
interface Step {
  readonly action: Elements;
  readonly timing: Elements;
  readonly timepoint: Elements | undefined;
  readonly moment: Elements | undefined;
  readonly asked: boolean;
}

/**
 * What actions plan. An action is known by what it holds: a contained ActivityDefinition is a dose, the extension
 * `timepoint` an assessment, the extension `monitoring-moment` a vital sign, a code of the list `modality`
 * psychotherapy. Timing, extensions and "could" hold for what is below as well.
 */
export function plannedIn(actions: readonly Elements[], doses: ReadonlyMap<string, PlannedDose>): Planned {
  const steps = actions.flatMap((action) => [...stepsBelow(action, undefined)]);
  const dosing = steps.filter(({ action }) => doses.has(textIn(action, 'definitionCanonical') ?? ''));
  const ways = new Set(dosing.flatMap(({ action }) => doses.get(textIn(action, 'definitionCanonical') ?? '') ?? []));
  const timing = dosing.find((step) => step.timing['repeat'] !== undefined)?.timing ?? {};
  return {
    treatments: dosing.length === 0 ? undefined : { ...frequencyOf(timing), ways: [...ways] },
    assessments: steps.flatMap(assessmentOf),
    monitoring: steps.flatMap(monitoringOf),
    psychotherapy: steps.some((step) => step.asked && codeIn(step.action, 'modality') !== undefined),
  };
}

function* stepsBelow(action: Elements, above: Step | undefined): Generator<Step> {
  const own = action['timingTiming'];
  const step: Step = {
    action,
    timing: own === undefined ? (above?.timing ?? {}) : elementOf(own),
    timepoint: extensions(action, timepointUrl)[0] ?? above?.timepoint,
    moment: extensions(action, momentUrl)[0] ?? above?.moment,
    asked: (above?.asked ?? true) && action['requiredBehavior'] !== 'could',
  };
  yield step;
  // Of alternatives it is the group that is one assessment.
  if (step.timepoint !== undefined && isChoice(action)) return;
  for (const below of elementsIn(action, 'action')) yield* stepsBelow(below, step);
}

const timepointUrl = `${base}/StructureDefinition/timepoint`;
const momentUrl = `${base}/StructureDefinition/monitoring-moment`;

const isChoice = (action: Elements): boolean =>
  ['one-or-more', 'exactly-one'].includes(textIn(action, 'selectionBehavior') ?? '');

function assessmentOf({ action, timepoint, asked }: Step): PlannedAssessment[] {
  const instruments = isChoice(action) ? elementsIn(action, 'action').flatMap(canonicalIn) : canonicalIn(action);
  if (timepoint === undefined || instruments.length === 0) return [];
  const parts = elementsIn(timepoint, 'extension');
  const kind = parts.map((part) => ownKeyword(elementOf(part['valueCoding']), 'timepoint')).find((code) => code);
  const n = parts.map((part) => numberIn(part, 'valueInteger')).find((value) => value !== undefined);
  return kind === undefined ? [] : [{ instruments, kind, n, asked }];
}

function canonicalIn(action: Elements): string[] {
  const canonical = textIn(action, 'definitionCanonical');
  return canonical === undefined || canonical.startsWith('#') ? [] : [canonical.replace(/\|.*$/, '')];
}

function monitoringOf({ action, moment, asked }: Step): PlannedMonitoring[] {
  const vital = codeIn(action, 'observation');
  const code = moment === undefined ? undefined : ownCode(elementOf(moment['valueCoding']), 'monitoring-moment');
  const known = monitoringMoments.find((one) => one === code);
  return vital === undefined || known === undefined ? [] : [{ vital, moment: known, asked }];
}

/** The code of ours that an action says it is. */
export const codeIn = (action: Elements, list: string): string | undefined =>
  elementsIn(action, 'code')
    .map((concept) => ownCode(concept, list))
    .find((code) => code !== undefined);
