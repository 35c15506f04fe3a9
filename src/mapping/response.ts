import { partIdentifier, type Identifier, type Step } from '../course/identity.ts';
import type { FormId } from '../definitions/definitions.ts';
import type { Elements } from './elements.ts';
import { element, item, type Place } from './places.ts';
import { begin, references, responseStatus, type Correctable, type Scene } from './scene.ts';

/** What the responses to Questionnaires have in common. */

/** The Questionnaire that a response answers. */
export interface Answered {
  readonly url: string;
  readonly version: string;
}

export function beginResponse(
  scene: Scene,
  identifier: Identifier,
  part: Correctable,
  { url, version }: Answered,
  status: 'completed' | 'stopped' = 'completed',
): Elements {
  const resource = begin(scene, 'QuestionnaireResponse', identifier, part);
  resource['partOf'] = references([scene.summary]);
  resource['questionnaire'] = `${url}|${version}`;
  resource['status'] = responseStatus(scene, part, status);
  return resource;
}

/** Begins the response to a form of ours that holds one part of the course. */
export function beginForm(
  scene: Scene,
  form: FormId,
  step: Step,
  part: Correctable,
): { readonly resource: Elements; readonly identifier: Identifier } {
  const identifier = partIdentifier(scene.course, [step], 'answers');
  return { resource: beginResponse(scene, identifier, part, scene.definitions.form(form)), identifier };
}

/** The url of the Questionnaire that a received response answers, without its version. */
export function questionnaireOf(resource: Elements): string | undefined {
  const canonical = resource['questionnaire'];
  return typeof canonical === 'string' ? canonical.split('|')[0] : undefined;
}

/**
 * The place of a field in a form of ours: an item's linkId is the field's dotted name, inside the groups that its
 * objects are.
 */
export function formItem(field: string): Place {
  const steps = field.split('.');
  const [first = field, ...rest] = steps.map((_, index) => steps.slice(0, index + 1).join('.'));
  return item(first, ...rest);
}

/** Who answered or recorded. */
export const author = element('author');
