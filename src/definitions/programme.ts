import { keywords, type Keyword } from '../course/keywords.ts';
import { elementOf, elementsIn, extensions, numberIn, textIn, type Elements } from './elements.ts';
import { codeIn, plannedIn, type Planned, type PlannedTreatments } from './programme-action.ts';
import { dosesIn, durationOf } from './programme-dose.ts';
import { base } from './terminology.ts';

export type { PlannedAssessment, PlannedMonitoring, PlannedTreatments } from './programme-action.ts';
export type { PlannedDose } from './programme-dose.ts';

/** The least reduction in per cent that is a response. */
export interface Criterion {
  readonly percent: number;
  /** The canonical of the instrument whose total is judged; undefined where the source names no scale. */
  readonly instrument: string | undefined;
}

export interface PlannedPhase {
  readonly key: Keyword<'phase'>;
  readonly days: number | undefined;
  /** Undefined where the phase plans none. */
  readonly treatments: PlannedTreatments | undefined;
  /** The response that opens the phase. */
  readonly gate: Criterion | undefined;
}

/** A published programme, as far as courses need it. It labels a course; it never refuses one and never recommends. */
export interface Programme extends Planned {
  /** What a course calls it: its identifier, else its id, its name, or how its url ends. */
  readonly key: string;
  /** Everything that a course may call it. */
  readonly names: readonly string[];
  readonly url: string;
  readonly version: string;
  readonly title: string;
  /** In their order. */
  readonly phases: readonly PlannedPhase[];
  readonly criteria: readonly Criterion[];
}

/**
 * Understands a PlanDefinition (R4) as a programme. Nothing is known of any programme here: phases, treatments,
 * assessments, monitoring and criteria are all read, and what the plan does not state stays undefined.
 */
export function readProgramme(planDefinition: unknown): Programme {
  const resource = elementOf(planDefinition);
  const url = textIn(resource, 'url') ?? '';
  const names = namesOf(resource, url);
  const actions = elementsIn(resource, 'action');
  const doses = dosesIn(resource);
  const goals = new Map(elementsIn(resource, 'goal').map((goal) => [textIn(goal, 'id'), criteriaOf(goal)]));
  return {
    ...plannedIn(actions, doses),
    key: names[0] ?? url,
    names,
    url,
    version: textIn(resource, 'version') ?? '',
    title: textIn(resource, 'title') ?? textIn(resource, 'name') ?? url,
    phases: actions.flatMap((action) => {
      const key = keywords.phase.find((one) => one === codeIn(action, 'phase'));
      if (key === undefined) return [];
      const gate = goalIdsOf(action).flatMap((id) => goals.get(id) ?? [])[0];
      return [{ key, days: durationOf(action), treatments: plannedIn([action], doses).treatments, gate }];
    }),
    criteria: [...goals.values()].flat(),
  };
}

function namesOf(resource: Elements, url: string): readonly string[] {
  const identifiers = elementsIn(resource, 'identifier').map((identifier) => textIn(identifier, 'value'));
  const names = [...identifiers, textIn(resource, 'id'), textIn(resource, 'name'), url.split('/').at(-1), url];
  return [...new Set(names.filter((name) => name !== undefined && name !== ''))] as readonly string[];
}

function goalIdsOf(action: Elements): readonly string[] {
  const ids = action['goalId'];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

function criteriaOf(goal: Elements): Criterion[] {
  return elementsIn(goal, 'target').flatMap((target) => {
    const low = elementOf(elementOf(target['detailRange'])['low']);
    const percent = low['code'] === '%' ? numberIn(low, 'value') : undefined;
    const instrument = extensions(target, `${base}/StructureDefinition/instrument`)[0]?.['valueCanonical'];
    if (percent === undefined) return [];
    return [{ percent, instrument: typeof instrument === 'string' ? instrument.replace(/\|.*$/, '') : undefined }];
  });
}

/** The canonical of an instrument that is said by our keyword or by its canonical. */
export const instrumentCanonical = (keyOrUrl: string): string =>
  keywords.instrument.some((key) => key === keyOrUrl) ? `${base}/Questionnaire/${keyOrUrl}` : keyOrUrl;

/**
 * The least reduction in per cent that the programme calls a response on this instrument: the instrument's own, else
 * that of no named scale, which holds for the instruments that the programme asks for: less pain is no response.
 */
export function criterionOf(programme: Programme | undefined, keyOrUrl: string): number | undefined {
  const canonical = instrumentCanonical(keyOrUrl);
  const criteria = programme?.criteria ?? [];
  const own = criteria.find(({ instrument }) => instrument === canonical);
  if (own !== undefined) return own.percent;
  const isAsked = programme?.assessments.some(({ instruments }) => instruments.includes(canonical)) === true;
  return isAsked ? criteria.find(({ instrument }) => instrument === undefined)?.percent : undefined;
}
