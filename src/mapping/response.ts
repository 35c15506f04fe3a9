import type { Identifier } from '../course/identity.ts';
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
