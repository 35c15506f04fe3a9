import type { Resource } from '@medplum/fhirtypes';
import { describe, expect, it, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { patientOf } from '../../src/exchange/change.ts';
import { withReferences } from '../../src/exchange/changes.ts';
import { lookByContent, type Looked } from '../../src/exchange/look-by-content.ts';
import type { Searcher } from '../../src/exchange/narrow-search.ts';
import type { SearchParameters } from '../../src/exchange/ports.ts';
import type { MappedResource } from '../../src/mapping/mapped.ts';
import { withoutNames } from '../../src/mapping/unnamed.ts';
import { course, resourcesOf } from './courses.ts';

/** The course with a second reading that says the same as its first. */
const twice: TreatmentCourse = canonicalCourse({
  ...course,
  sessions: (course.sessions ?? []).map((session) => ({
    ...session,
    ...(session.readings !== undefined && {
      readings: [...session.readings, ...session.readings.map((one) => ({ ...one, id: '2' }))],
    }),
  })),
});

/** A target that keeps no identifiers, with ids of its own: what is at it, and where. */
function targetWith(of: TreatmentCourse, isThere: (one: MappedResource) => boolean) {
  const resources = resourcesOf(of);
  const patient = patientOf(of);
  const types = new Map(resources.map(({ uuid, resource }) => [uuid, resource.resourceType as string]));
  types.set(patient.uuid, 'Patient');
  const ids = new Map(resources.map(({ uuid }, index) => [uuid, { id: `${1000 + index}` }]));
  ids.set(patient.uuid, { id: 'p' });
  const whereabouts = { types, patient, held: ids };
  const stored = resources.filter(isThere).map((one): Resource => ({
    ...withoutNames(withReferences(one.resource, whereabouts)),
    id: ids.get(one.uuid)?.id ?? '',
  }));
  const questions: SearchParameters[] = [];
  const searcher: Searcher = {
    search: async (type, parameters) => {
      questions.push(parameters);
      const code = parameters
        .find(([name]) => name === 'code')?.[1]
        .split('|')
        .at(-1);
      const found = stored.filter(
        (one) => one.resourceType === type && (code === undefined || JSON.stringify(one).includes(`"${code}"`)),
      );
      return { kind: 'accepted', status: 200, body: found };
    },
    byIds: () => Promise.reject(new Error('nobody asks by id')),
    isNarrow: () => false,
    misses: () => false,
  };
  return { resources, ids, whereabouts, searcher, questions };
}

/** Looks for what is wanted, where all else is known to be there. */
async function look(target: ReturnType<typeof targetWith>, isLost: (one: MappedResource) => boolean): Promise<Looked> {
  const lost = target.resources.filter(isLost);
  const held = new Map(target.whereabouts.held);
  for (const { uuid } of lost) held.delete(uuid);
  const found = await lookByContent(lost, {
    course,
    patients: ['Patient/p'],
    whereabouts: { ...target.whereabouts, held },
    searcher: target.searcher,
  });
  if ('kind' in found) throw new Error('the look failed');
  return found;
}

const all = (): boolean => true;
const facet =
  (...ends: string[]) =>
  ({ identifier }: MappedResource): boolean =>
    ends.some((end) => identifier.value.endsWith(end));
const idsIn = ({ sightings }: Looked) => [...sightings.values()].map((one) => (typeof one === 'string' ? one : one.id));

describe('what was sent', () => {
  it('is found by what it says, with all that refers to it', async () => {
    const target = targetWith(course, all);
    const { sightings, nameless } = await look(target, all);
    expect(nameless).toBe(true);
    for (const { uuid } of target.resources) {
      expect(sightings.get(uuid)).toMatchObject({ id: target.ids.get(uuid)?.id });
    }
  });

  it('is not found where it is not there', async () => {
    const lost = facet('/r/1/hr');
    expect(
      idsIn(
        await look(
          targetWith(course, (one) => !lost(one)),
          lost,
        ),
      ),
    ).toEqual(['none']);
  });

  it('is not taken for another resource of the course that says the same', async () => {
    const target = targetWith(twice, (one) => !facet('/r/2/hr')(one));
    expect(idsIn(await look(target, facet('/r/2/hr')))).toEqual(['none']);
  });

  it('is one of two that say the same, where both were sent', async () => {
    const target = targetWith(twice, all);
    const ids = idsIn(await look(target, facet('/r/1/hr', '/r/2/hr')));
    const places = target.resources.filter(facet('/r/1/hr', '/r/2/hr')).map(({ uuid }) => target.ids.get(uuid)?.id);
    expect(new Set(ids)).toEqual(new Set(places));
  });

  it('is nobody knows which, where the target has more that say the same', async () => {
    const target = targetWith(twice, all);
    const [other] = target.resources.filter(facet('/r/2/hr'));
    target.whereabouts.held.delete(other?.uuid ?? '');
    expect(idsIn(await look(target, facet('/r/1/hr')))).toEqual(['several']);
  });

  it('of another course is none', async () => {
    const target = targetWith({ ...course, id: 'C-18' }, all);
    expect(idsIn(await look(target, facet('/r/1/hr')))).toEqual(['none']);
  });
});

test('a search names the patient, the code and the days around', async () => {
  const target = targetWith(course, all);
  await look(target, facet('/r/1/hr', '/adm/1/administration', '/a/1/answers'));
  expect(target.questions).toEqual([
    [
      ['patient', 'Patient/p'],
      ['_count', '200'],
      ['code', 'https://w3id.org/coursebridge/CodeSystem/substance|ketamine'],
      ['effective-time', 'ge2026-01-04'],
      ['effective-time', 'le2026-01-06'],
    ],
    [
      ['patient', 'Patient/p'],
      ['_count', '200'],
      ['code', expect.stringMatching(/\|heartRate$/)],
      ['date', 'ge2026-01-04'],
      ['date', 'le2026-01-06'],
    ],
    [
      ['patient', 'Patient/p'],
      ['_count', '200'],
    ],
  ]);
});

test('what a target does not search is said to be so', async () => {
  const target = targetWith(course, all);
  const searcher: Searcher = {
    ...target.searcher,
    search: () => Promise.resolve({ kind: 'refused', status: 400, reason: 'status', faults: [] }),
  };
  expect(idsIn(await look({ ...target, searcher }, facet('/r/1/hr')))).toEqual(['not-searchable']);
});
