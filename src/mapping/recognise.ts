import type { CourseKey } from '../course/identity.ts';
import { formIds, type Definitions, type FormId } from '../definitions/definitions.ts';
import type { Instrument } from '../definitions/instrument.ts';
import { ownCoding } from './codings.ts';
import { episodeOfCareUrl } from './canonicals.ts';
import { elementIn, elementsIn, textIn, type Elements } from './elements.ts';
import type { ReceivedResource } from './mapped.ts';
import { questionnaireOf } from './response.ts';
import { bloodPressure, singleVitalSigns } from './vital-signs.ts';

const observationKinds = [
  'course-summary',
  'session-record',
  'reading',
  'weight',
  'side-effect',
  'dissociation',
  'sedation',
  'adverse-event',
  'total',
  'subscore',
  'outcome',
  'phase-transition',
] as const;

/** What a resource is to its course: a resource of ours by its code, a response by its Questionnaire. */
export type Kind = (typeof observationKinds)[number] | FormId | 'administration' | 'vital-sign' | 'answers';

/** A received resource that belongs to a course. */
export interface Recognised {
  readonly received: ReceivedResource;
  readonly elements: Elements;
  /** Undefined where it names the course and is nothing that we know. */
  readonly kind: Kind | undefined;
  readonly instrument?: Instrument;
}

/** The resources that name one course. */
export interface CourseMembers {
  readonly key: CourseKey;
  readonly members: readonly Recognised[];
}

/**
 * Sorts received resources by the course that they name, in the order of their first appearance. Codes, questionnaires
 * and the course's own logical reference decide: never a tag, a profile claim or an identifier.
 */
export function recognise(
  received: readonly ReceivedResource[],
  definitions: Definitions,
): { readonly courses: readonly CourseMembers[]; readonly strangers: readonly ReceivedResource[] } {
  type Course = { key: CourseKey; members: Recognised[] };
  const courses = new Map<string, Course>();
  // Resources of one course mostly follow each other.
  let course: Course | undefined;
  const strangers: ReceivedResource[] = [];
  for (const one of received) {
    const elements = one.resource as unknown as Elements;
    const key = courseKeyOf(elements);
    if (key === undefined) {
      strangers.push(one);
      continue;
    }
    if (course === undefined || !isSameCourse(key, course.key)) {
      const name = JSON.stringify([key.system, key.id]);
      course = courses.get(name) ?? { key, members: [] };
      courses.set(name, course);
    }
    course.members.push({ received: one, elements, ...kindOf(elements, definitions) });
  }
  return { courses: [...courses.values()], strangers };
}

const isSameCourse = (one: CourseKey, other: CourseKey): boolean => one.system === other.system && one.id === other.id;

/** The course that a resource names by the logical reference in its content. */
export function courseKeyOf(resource: Elements): CourseKey | undefined {
  const anchor =
    resource['resourceType'] === 'MedicationAdministration'
      ? elementIn(resource, 'context')
      : elementIn(
          elementsIn(resource, 'extension').find(({ url }) => url === episodeOfCareUrl),
          'valueReference',
        );
  const identifier = elementIn(anchor, 'identifier');
  const system = textIn(identifier, 'system');
  const id = textIn(identifier, 'value');
  return system === undefined || id === undefined ? undefined : { system, id };
}

const observationSystem = ownCoding('observation', '').system;
const byCode: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...observationKinds.map((kind) => [kind, kind] as const),
  ...[bloodPressure.code, ...singleVitalSigns.map(({ field }) => field)].map((code) => [code, 'vital-sign'] as const),
]);

function kindOf(
  resource: Elements,
  definitions: Definitions,
): { readonly kind: Kind | undefined; readonly instrument?: Instrument } {
  switch (resource['resourceType']) {
    case 'MedicationAdministration':
      return { kind: 'administration' };
    case 'Observation': {
      const codings = elementsIn(elementIn(resource, 'code'), 'coding');
      const own = codings.find(({ system }) => system === observationSystem);
      return { kind: byCode.get(textIn(own, 'code') ?? '') };
    }
    case 'QuestionnaireResponse': {
      const url = questionnaireOf(resource) ?? '';
      const form = formOf(url, definitions);
      if (form !== undefined) return { kind: form };
      const instrument = definitions.instrument(url);
      return instrument === undefined ? { kind: undefined } : { kind: 'answers', instrument };
    }
    default:
      return { kind: undefined };
  }
}

function formOf(url: string, definitions: Definitions): FormId | undefined {
  return formIds.find((id) => definitions.form(id).url === url);
}
