import type { Resource } from '@medplum/fhirtypes';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import type { Claim } from '../../src/mapping/claim.ts';
import { profileOf } from '../../src/mapping/claims.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { senderTo } from '../exchange/deliveries.ts';
import { emptyServer } from './start.ts';
import { everythingOn, pull, selectionOf } from './target.ts';

/** Profiles that resources claim, on servers that keep them each in its own way. */

// Helios is not emptied: no other suite has courses of these seeds.
const courseOf = (seed: number): TreatmentCourse =>
  canonicalCourse(synthesize('norway', { seed, index: 0, size: 'small' }));

const keysOf = (course: TreatmentCourse): Set<string> =>
  new Set(mapCourse(course, definitions).resources.map(({ resource, uuid }) => `${resource.resourceType}/${uuid}`));

describe.each(inject('servers'))('$kind', ({ kind, base }) => {
  beforeEach(() => emptyServer({ kind, base }));
  const server = fhirServer({ base, authentication: { kind: 'none' } });

  /** What a resource of a course claims on the server, beside what it is to claim. */
  async function wrong(course: TreatmentCourse, claim: Claim): Promise<unknown[]> {
    const keys = keysOf(course);
    const held = [...(await everythingOn(base))].filter(([key]) => keys.has(key));
    expect(held).toHaveLength(keys.size);
    return held.filter(([, one]) => JSON.stringify(claimed(one)) !== JSON.stringify(expected(one, claim)));
  }
  const claimed = (one: Resource): readonly string[] => one.meta?.profile ?? [];
  const expected = (one: Resource, claim: Claim): readonly string[] => {
    const profile = profileOf(one, claim);
    return profile === undefined ? [] : [profile];
  };

  test.each<Claim>(['hl7', 'ours'])('%s is kept, and what is pulled is the course', async (claim) => {
    const course = courseOf(claim === 'hl7' ? 7171 : 7172);
    const sender = senderTo(server, { claim });
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered' });
    expect(await wrong(course, claim)).toEqual([]);
    const [pulled] = await pull(base, selectionOf(course));
    expect(pulled).toMatchObject({ kind: 'found', course, issues: [] });
  });

  test('a claim that is changed sends nothing, and a replay for the mapping puts it in the place of the other', async () => {
    const course = courseOf(7173);
    const setting: { claim: Claim } = { claim: 'off' };
    const sender = senderTo(server, setting);
    await sender.deliver(course);
    for (const claim of ['ours', 'hl7', 'off'] as const) {
      const before = setting.claim;
      setting.claim = claim;
      expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', requests: 0 });
      expect(await wrong(course, before)).toEqual([]);
      // An update replaces the profiles that HAPI has: its tags and labels are what it carries forward.
      expect(await sender.deliver(course, 'repair')).toMatchObject({ ended: 'delivered', counts: { created: 0 } });
      expect(await wrong(course, claim)).toEqual([]);
      const again = await sender.deliver(course, 'repair');
      expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: keysOf(course).size });
    }
  });
});
