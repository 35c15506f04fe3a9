import courseRecord from '../../profiles/questionnaires/course-record.json' with { type: 'json' };
import eligibility from '../../profiles/questionnaires/eligibility.json' with { type: 'json' };
import followUp from '../../profiles/questionnaires/follow-up.json' with { type: 'json' };
import interview from '../../profiles/questionnaires/interview.json' with { type: 'json' };
import phq9 from '../../profiles/questionnaires/phq9.json' with { type: 'json' };
import psychotherapySession from '../../profiles/questionnaires/psychotherapy-session.json' with { type: 'json' };
import suicideRisk from '../../profiles/questionnaires/suicide-risk.json' with { type: 'json' };
import { elementOf, textIn } from './elements.ts';
import { readInstrument, type Instrument } from './instrument.ts';

/** A Questionnaire of ours for what is neither dose, measurement nor instrument. */
export type FormId =
  | 'course-record'
  | 'eligibility'
  | 'follow-up'
  | 'interview'
  | 'psychotherapy-session'
  | 'suicide-risk';

/** The Questionnaire that a response names: `url|version`. */
export interface Form {
  readonly url: string;
  readonly version: string;
}

/** The Questionnaires that courses are written and read by. */
export interface Definitions {
  /** By our keyword (`phq9`) or by the canonical url without a version. */
  instrument(keyOrUrl: string): Instrument | undefined;
  form(id: FormId): Form;
}

const forms: Readonly<Record<FormId, Form>> = {
  'course-record': formOf(courseRecord),
  eligibility: formOf(eligibility),
  'follow-up': formOf(followUp),
  interview: formOf(interview),
  'psychotherapy-session': formOf(psychotherapySession),
  'suicide-risk': formOf(suicideRisk),
};

/**
 * The instruments among FHIR resources, and our own forms. What is no Questionnaire with a url is passed over. Of two
 * with the same url or keyword the later one counts, so that a site's own can stand after ours.
 */
export function readDefinitions(resources: readonly unknown[]): Definitions {
  const instruments = new Map<string, Instrument>();
  for (const resource of resources) {
    const element = elementOf(resource);
    if (element['resourceType'] !== 'Questionnaire' || textIn(element, 'url') === undefined) continue;
    const instrument = readInstrument(resource);
    instruments.set(instrument.url, instrument).set(instrument.key, instrument);
  }
  return { instrument: (keyOrUrl) => instruments.get(keyOrUrl), form: (id) => forms[id] };
}

function formOf(questionnaire: unknown): Form {
  const element = elementOf(questionnaire);
  return { url: textIn(element, 'url') ?? '', version: textIn(element, 'version') ?? '' };
}

/** The instruments that we ship. */
export const shippedInstruments: readonly unknown[] = [phq9];

/** What we ship, and nothing else. */
export const shippedDefinitions: Definitions = readDefinitions(shippedInstruments);
