import guangzhou from '../../profiles/plandefinitions/guangzhou.json' with { type: 'json' };
import kaiser from '../../profiles/plandefinitions/kaiser.json' with { type: 'json' };
import losAngeles from '../../profiles/plandefinitions/los-angeles.json' with { type: 'json' };
import norway from '../../profiles/plandefinitions/norway.json' with { type: 'json' };
import portugal from '../../profiles/plandefinitions/portugal.json' with { type: 'json' };
import cadss from '../../profiles/questionnaires/cadss.json' with { type: 'json' };
import courseRecord from '../../profiles/questionnaires/course-record.json' with { type: 'json' };
import eligibility from '../../profiles/questionnaires/eligibility.json' with { type: 'json' };
import followUp from '../../profiles/questionnaires/follow-up.json' with { type: 'json' };
import gad7 from '../../profiles/questionnaires/gad7.json' with { type: 'json' };
import interview from '../../profiles/questionnaires/interview.json' with { type: 'json' };
import ksetAcute from '../../profiles/questionnaires/kset-acute.json' with { type: 'json' };
import ksetBaseline from '../../profiles/questionnaires/kset-baseline.json' with { type: 'json' };
import ksetFollowup from '../../profiles/questionnaires/kset-followup.json' with { type: 'json' };
import ksetScreening from '../../profiles/questionnaires/kset-screening.json' with { type: 'json' };
import madrs from '../../profiles/questionnaires/madrs.json' with { type: 'json' };
import phq9 from '../../profiles/questionnaires/phq9.json' with { type: 'json' };
import psychotherapySession from '../../profiles/questionnaires/psychotherapy-session.json' with { type: 'json' };
import sfmpq from '../../profiles/questionnaires/sfmpq.json' with { type: 'json' };
import suicideRisk from '../../profiles/questionnaires/suicide-risk.json' with { type: 'json' };
import { elementOf, textIn } from './elements.ts';
import { readInstrument, type Instrument } from './instrument.ts';
import { readProgramme, type Programme } from './programme.ts';

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

/** The instruments that we ship. */
export const shippedInstruments: readonly unknown[] = [
  phq9,
  gad7,
  madrs,
  sfmpq,
  ksetScreening,
  ksetBaseline,
  ksetAcute,
  ksetFollowup,
  cadss,
];

/** The forms of ours that are no instruments. */
export const ownForms: readonly unknown[] = [
  courseRecord,
  eligibility,
  followUp,
  interview,
  psychotherapySession,
  suicideRisk,
];

/** The programmes that we ship. */
export const shippedProgrammes: readonly unknown[] = [norway, portugal, guangzhou, kaiser, losAngeles];

/** What we ship, and nothing else. */
export const shippedDefinitions: Definitions = readDefinitions([...shippedInstruments, ...shippedProgrammes]);
