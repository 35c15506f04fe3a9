import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { parseJson, writeJson, type Json } from '../../src/json/json.ts';
import { findCourses } from '../../src/mapping/bundle-to-course.ts';
import type { Claim } from '../../src/mapping/claim.ts';
import { bundleOf, mapCourse, type Patients } from '../../src/mapping/course-to-bundle.ts';
import type { FoundCourses, ReceivedResource } from '../../src/mapping/mapped.ts';
import { receivedFrom } from '../../src/mapping/received.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';

/** What the laws are tried on: generated courses, and their way through text. */

export const programmes = ['norway', 'portugal', 'guangzhou', 'kaiser', 'los-angeles'] as const;

/** `count` courses of each programme. */
export const courses = (count: number, size: 'small' | 'full' = 'small', seed = 1): Generator<TreatmentCourse> =>
  coursesFrom(0, count, seed, size);

/** The same from an index on. */
export function* coursesFrom(
  from: number,
  count: number,
  seed = 1,
  size: 'small' | 'full' = 'small',
): Generator<TreatmentCourse> {
  for (let index = from; index < from + count; index += 1) {
    for (const programme of programmes) yield synthesize(programme, { seed, index, size });
  }
}

/** The value that a text reads as; the text is ours, so that it is JSON. */
export function jsonOf(text: string): Json {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(`not JSON at line ${parsed.fault.line}, column ${parsed.fault.column}`);
  return parsed.value;
}

/** The Bundle as a reader gets it: through its text. */
export const bundleTextOf = (course: TreatmentCourse, patients: Patients = 'logical', claim: Claim = 'off'): string =>
  writeJson(bundleOf(mapCourse(course, shippedDefinitions), patients, claim));

export const bundleOfText = (text: string): Bundle & { entry: NonNullable<Bundle['entry']> } =>
  jsonOf(text) as unknown as Bundle & { entry: NonNullable<Bundle['entry']> };

export const receivedIn = (json: unknown): ReceivedResource[] => receivedFrom(json as Json) ?? [];

export const find = (received: readonly ReceivedResource[]): FoundCourses => findCourses(received, shippedDefinitions);

/** Every issue of what was found. */
export const issuesOf = ({
  courses: found,
  strangers,
  issues,
}: FoundCourses): readonly { code: string; at: string }[] => [
  ...issues,
  ...strangers,
  ...found.flatMap((course) => course.issues),
];

/**
 * What a server and a stranger's hands leave of a Bundle: resources as a searchset, their ids and references of the
 * server's own, tags, claims, sources and narrative other than ours.
 */
export function strippedBy(bundle: Bundle): Bundle {
  const ids = new Map(
    (bundle.entry ?? []).map(({ fullUrl, resource }, index) => [fullUrl, `${resource?.resourceType}/${9000 + index}`]),
  );
  const entry = (bundle.entry ?? []).map(({ fullUrl, resource }) => {
    const url = ids.get(fullUrl) ?? '';
    const [, id = ''] = url.split('/');
    const withReferences = writeJson(resource).replaceAll(/"urn:uuid:[0-9a-f-]{36}"/g, (urn) => {
      const target = ids.get(jsonOf(urn) as string);
      return target === undefined ? urn : writeJson(target);
    });
    const stored = jsonOf(withReferences) as unknown as Resource;
    return {
      fullUrl: `https://fhir.example.org/r4/${url}`,
      resource: {
        ...stored,
        id,
        meta: { versionId: '7', source: '#x' },
        text: { status: 'empty', div: '<div/>' },
      } as Resource,
      search: { mode: 'match' as const },
    };
  });
  return { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry };
}

/** Resources that belong to no course. */
export const strangers: readonly Resource[] = [
  { resourceType: 'Patient', id: 'p1', identifier: [{ system: 'https://a.example.org', value: '1' }] },
  {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { reference: 'Patient/p1' },
    valueQuantity: { value: 71, system: 'http://unitsofmeasure.org', code: '/min' },
  },
  { resourceType: 'QuestionnaireResponse', id: 'q1', status: 'completed', questionnaire: 'https://a.example.org/q' },
];
