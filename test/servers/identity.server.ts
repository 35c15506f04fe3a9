import { beforeEach, describe, expect, inject, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import type { Assessment, Session, TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { identifierToken } from '../../src/mapping/search-token.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { emptyServer } from './start.ts';
import { everythingOn, plainly, pull, push, search, selectionOf } from './target.ts';

const oddIds = ['a,b', 'a|b', 'a#b', 'a/b', 'a b', ',|#/ $\\', 'ø€', 'x'.repeat(300), `${'/'.repeat(299)}y`];

const unit = (value: number, text: '/min' | '%' | 'mm[Hg]') => ({ value, unit: text as never });

const session = (id: string): Session => ({
  id,
  status: 'completed',
  at: '2026-01-05T09:00:00Z',
  administrations: [{ id, status: 'completed', substance: 'ketamine', route: 'IM', amount: { value: 35, unit: 'mg' } }],
  readings: [
    {
      id,
      at: '2026-01-05T09:40:00Z',
      systolic: unit(130, 'mm[Hg]'),
      diastolic: unit(80, 'mm[Hg]'),
      heartRate: unit(70, '/min'),
      respiratoryRate: unit(14, '/min'),
      oxygenSaturation: unit(97, '%'),
    },
  ],
});

const assessment = (id: string): Assessment => ({
  id,
  instrument: 'phq9',
  at: '2026-01-05T08:00:00Z',
  items: [{ linkId: '44250-9', value: 1 }],
});

/** Two sites that number alike: the same course id, and the same ids of everything in it. */
const site = (name: string, run: string): TreatmentCourse =>
  canonicalCourse({
    schemaVersion: '1',
    system: `https://${name}.example/${run}/courses`,
    id: 'C,1|7#/ x',
    patient: { system: `https://${name}.example/${run}/patients`, id: `P,1|${name}$ x` },
    status: 'completed',
    sessions: ['1', '2', '3', ...oddIds].map(session),
    assessments: ['1', '2', '3', ...oddIds].map(assessment),
  });

describe.each(inject('servers'))('$kind', (on) => {
  const { base } = on;
  beforeEach(() => emptyServer(on));

  test('two of everything: nothing shares an identifier, each is found, no patient is exchanged', async () => {
    const sites = [site('north', 'ids'), site('south', 'ids')];
    const mapped = sites.map((course) => mapCourse(course, definitions));
    const resources = mapped.flatMap(({ resources: own }) => own);
    const tokens = resources.map(({ identifier }) => JSON.stringify(identifier));
    const fullUrls = mapped.flatMap((one) => bundleOf(one, 'create').entry ?? []).map(({ fullUrl }) => fullUrl);
    expect(new Set(tokens).size).toBe(resources.length);
    expect(new Set(fullUrls).size).toBe(resources.length + sites.length);

    for (const course of sites) expect((await push(base, course)).state).toBe('delivered');
    for (const { resource, identifier } of resources) {
      const found = await search(base, resource.resourceType, [['identifier', identifierToken(identifier)]]);
      expect(found).toHaveLength(1);
      const { subject } = resource as { subject?: { identifier?: object } };
      expect(found[0]).toMatchObject({ subject: { identifier: subject?.identifier } });
    }
    for (const course of sites) {
      expect(await pull(base, selectionOf(course))).toMatchObject([{ kind: 'found', course, issues: [] }]);
      const { system, id } = course.patient;
      expect(await pull(base, { patient: { system, value: id } })).toMatchObject([{ course }]);
      expect(await push(base, course, 'resolve')).toMatchObject({ counts: { created: 0, updated: 0 } });
    }
  });

  describe('nothing is written', () => {
    const course = (run: string): TreatmentCourse => ({
      ...site('east', run),
      sessions: [session('1')],
      assessments: [],
    });
    const person = (id: string, { patient }: TreatmentCourse) => ({
      resourceType: 'Patient' as const,
      id,
      identifier: [{ system: patient.system, value: patient.id }],
    });

    async function refused(of: TreatmentCourse, code: string, at: string): Promise<void> {
      const before = await everythingOn(base);
      const receipt = await push(base, of, 'resolve');
      expect(receipt).toMatchObject({ state: 'refused', issues: [{ code, at }] });
      expect(await everythingOn(base)).toEqual(before);
    }

    test('for a patient whom the target does not know', () =>
      refused(course('unknown'), 'patient-unknown', 'TreatmentCourse.patient'));

    test('for a patient whom it knows twice', async () => {
      const of = course('twice');
      await plainly('PUT', `${base}/Patient/twice-1`, person('twice-1', of));
      await plainly('PUT', `${base}/Patient/twice-2`, person('twice-2', of));
      await refused(of, 'patient-ambiguous', 'TreatmentCourse.patient');
    });

    test('over a resource of another patient under our identifier', async () => {
      const of = course('other');
      await plainly('PUT', `${base}/Patient/other-1`, person('other-1', of));
      await plainly('PUT', `${base}/Patient/other-2`, { resourceType: 'Patient', id: 'other-2' });
      const [first] = mapCourse(of, definitions).resources;
      if (first === undefined) throw new Error('nothing to write');
      const type = first.resource.resourceType;
      const theirs = { ...first.resource, id: 'theirs', subject: { reference: 'Patient/other-2' } };
      await plainly('PUT', `${base}/${type}/theirs`, theirs as typeof first.resource);
      await refused(of, 'other-patient', first.at);
    });
  });
});
