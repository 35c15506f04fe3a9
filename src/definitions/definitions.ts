import { elementOf, textIn } from './elements.ts';
import { readInstrument, type Instrument } from './instrument.ts';
import { readProgramme, type Programme } from './programme.ts';
import {
  courseRecord,
  eligibility,
  followUp,
  interview,
  psychotherapySession,
  shippedInstruments,
  shippedProgrammes,
  suicideRisk,
} from './shipped-artefacts.ts';

export { ownForms, shippedInstruments, shippedProgrammes } from './shipped-artefacts.ts';

/** A Questionnaire of ours for what is neither dose, measurement nor instrument. */
export type FormId =
  'course-record' | 'eligibility' | 'follow-up' | 'interview' | 'psychotherapy-session' | 'suicide-risk';

/** The Questionnaire that a response names: `url|version`. */
export interface Form {
  readonly url: string;
  readonly version: string;
}

/** The Questionnaires and PlanDefinitions that courses are written, read and labelled by. */
export interface Definitions {
  /** Each once, in the order they were given in; one that took another's place stands there. */
  readonly instruments: readonly Instrument[];
  /** By our keyword (`phq9`) or by the canonical url without a version. */
  instrument(keyOrUrl: string): Instrument | undefined;
  form(id: FormId): Form;
  /** Each once, in the order they were given in; one that took another's place stands there. */
  readonly programmes: readonly Programme[];
  /** By its identifier, url, name or id, or by the last segment of its url. */
  programme(key: string): Programme | undefined;
  /** The Questionnaires and PlanDefinitions themselves, each url once. */
  readonly resources: readonly unknown[];
}

const forms: Readonly<Record<FormId, Form>> = {
  'course-record': formOf(courseRecord),
  eligibility: formOf(eligibility),
  'follow-up': formOf(followUp),
  interview: formOf(interview),
  'psychotherapy-session': formOf(psychotherapySession),
  'suicide-risk': formOf(suicideRisk),
};

/** Every form of ours. */
export const formIds = Object.keys(forms) as readonly FormId[];

/**
 * The instruments and programmes among FHIR resources, and our own forms. What is no Questionnaire or PlanDefinition
 * with a url is passed over. Of two with the same url, keyword or name the later one counts, so that a site's own can
 * stand after ours.
 */
export function readDefinitions(resources: readonly unknown[]): Definitions {
  const byUrl = new Map<string, Instrument>();
  for (const resource of resources) {
    const element = elementOf(resource);
    if (element['resourceType'] !== 'Questionnaire' || textIn(element, 'url') === undefined) continue;
    const instrument = readInstrument(resource);
    byUrl.set(instrument.url, instrument);
  }
  const programmes = programmesIn(resources);
  const byName = new Map(programmes.flatMap((programme) => programme.names.map((name) => [name, programme])));
  const instruments = [...byUrl.values()];
  const byKey = new Map(instruments.map((instrument) => [instrument.key, instrument]));
  return {
    instruments,
    instrument: (keyOrUrl) => byUrl.get(keyOrUrl) ?? byKey.get(keyOrUrl),
    form: (id) => forms[id],
    programmes,
    programme: (key) => byName.get(key),
    resources: definingResources(resources),
  };
}

function definingResources(resources: readonly unknown[]): readonly unknown[] {
  const named = resources.flatMap((resource) => {
    const { resourceType, url } = elementOf(resource);
    const defines = resourceType === 'Questionnaire' || resourceType === 'PlanDefinition';
    return defines && typeof url === 'string' ? [[url, resource] as const] : [];
  });
  return [...new Map(named).values()];
}

function programmesIn(resources: readonly unknown[]): readonly Programme[] {
  const plans = resources.map(elementOf).filter((one) => one['resourceType'] === 'PlanDefinition');
  const programmes = plans.map(readProgramme).filter(({ url }) => url !== '');
  return [...new Map(programmes.map((programme) => [programme.url, programme])).values()];
}

function formOf(questionnaire: unknown): Form {
  const element = elementOf(questionnaire);
  return { url: textIn(element, 'url') ?? '', version: textIn(element, 'version') ?? '' };
}

/** What we ship, and nothing else. */
export const shippedDefinitions: Definitions = readDefinitions([...shippedInstruments, ...shippedProgrammes]);
