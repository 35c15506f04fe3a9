import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { readFileSync } from 'node:fs';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import type { SavedAnswer } from './entries.ts';
import { bundleOfText, bundleTextOf, find, issuesOf, jsonOf, receivedIn } from '../laws/courses.ts';

const { instruments } = shippedDefinitions;

/** A course with a part for each of our Questionnaires. */
const bare = jsonOf(
  readFileSync(new URL('../golden/bare.course.json', import.meta.url), 'utf8'),
) as unknown as TreatmentCourse;

/**
 * What is wrong with a saved response when it stands in a course in the place of ours, as issues of its elements: what
 * is read is written again, so whatever was not understood shows. The envelope (identifier, course, patient) is of
 * whoever receives a response; the texts of the items are the form's own, and the displays of its codes, which we write
 * for instruments alone.
 */
export function ownIssuesOf(saved: QuestionnaireResponse): readonly string[] {
  const bundle = bundleOfText(bundleTextOf(bare));
  const index = bundle.entry.findIndex(
    ({ resource }) =>
      resource?.resourceType === 'QuestionnaireResponse' && resource.questionnaire === saved.questionnaire,
  );
  const entry = bundle.entry[index];
  if (entry?.resource?.resourceType !== 'QuestionnaireResponse') throw new Error('no such response in the course');
  const { item: _, ...envelope } = entry.resource;
  const isInstrument = instruments.some(({ url, version }) => `${url}|${version}` === saved.questionnaire);
  const items = withoutTexts(saved.item, isInstrument);
  entry.resource = { ...envelope, ...(items.length > 0 && { item: items }) };
  const place = `Bundle.entry[${index}]`;
  return issuesOf(find(receivedIn(JSON.parse(JSON.stringify(bundle)))))
    .filter(({ at }) => at.startsWith(place) || at.startsWith('TreatmentCourse'))
    .map(({ code, at }) => `${code} ${at.replace(place, '')}`)
    .filter((issue) => !lacksWeight.test(issue));
}

/** We write the weight of an answer beside its code; the Questionnaire says it too, and who reads needs no other. */
const lacksWeight = /^missing-element .*\.value\.ofType\(Coding\)\.extension$/;

const withoutTexts = (
  items: readonly QuestionnaireResponseItem[] = [],
  displays: boolean,
): QuestionnaireResponseItem[] =>
  items.map(({ text: _, item, answer, ...rest }) => ({
    ...rest,
    ...(answer !== undefined && { answer: answer.map(inR4).map((one) => (displays ? one : withoutDisplay(one))) }),
    ...(item !== undefined && { item: withoutTexts(item, displays) }),
  }));

function withoutDisplay(answer: QuestionnaireResponseItemAnswer): QuestionnaireResponseItemAnswer {
  if (answer.valueCoding === undefined) return answer;
  const { display: _, ...coding } = answer.valueCoding;
  return { ...answer, valueCoding: coding };
}

const inR4 = ({ valueUrl, ...answer }: SavedAnswer): QuestionnaireResponseItemAnswer =>
  valueUrl === undefined ? answer : { ...answer, valueUri: valueUrl };
