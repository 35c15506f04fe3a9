import type { Resource } from '@medplum/fhirtypes';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { contentOf } from '../../src/exchange/content.ts';
import { pullCourses } from '../../src/exchange/pull.ts';
import { verifyCourse } from '../../src/exchange/verify.ts';
import { writeJson } from '../../src/json/json.ts';
import { claims, type Claim } from '../../src/mapping/claim.ts';
import { profileOf } from '../../src/mapping/claims.ts';
import { mappingVersion, writingOf } from '../../src/mapping/mapping-version.ts';
import { course, resourcesOf, withDose } from './courses.ts';
import { senderTo, type Sender } from './deliveries.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
let sender: Sender;
let setting: { claim?: Claim };
beforeEach(async () => {
  target = await startTarget();
  setting = {};
  sender = senderTo(target.server, setting);
});
afterEach(() => target.close());

const size = resourcesOf(course).length;

async function held(): Promise<readonly Resource[]> {
  const types = ['Observation', 'MedicationAdministration', 'QuestionnaireResponse'];
  return (await Promise.all(types.map((type) => target.all(type)))).flat();
}

/** How many resources on the target claim what each claim says of them, and nothing else. */
async function claimedAs(): Promise<Record<Claim, number>> {
  const all = await held();
  const count = (claim: Claim): number =>
    all.filter((one) => JSON.stringify(one.meta?.profile ?? []) === JSON.stringify(expected(one, claim))).length;
  return { off: count('off'), hl7: count('hl7'), ours: count('ours') };
}

function expected(one: Resource, claim: Claim): string[] {
  const profile = profileOf(one, claim);
  return profile === undefined ? [] : [profile];
}

const vitalSigns = resourcesOf(course).filter(({ resource }) => profileOf(resource, 'hl7') !== undefined).length;

test('what a target is to claim stands on everything that is written', async () => {
  expect(vitalSigns).toBeGreaterThan(0);
  setting.claim = 'ours';
  expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered' });
  expect(await claimedAs()).toEqual({ off: 0, hl7: 0, ours: size });
  expect(sender.receipt?.mapping).toBe(`${mappingVersion} ours`);
});

test('nothing is claimed unless somebody says so', async () => {
  await sender.deliver(course);
  expect(await claimedAs()).toEqual({ off: size, hl7: size - vitalSigns, ours: 0 });
  expect(sender.receipt?.mapping).toBe(mappingVersion);
});

test('another claim is no other content: nothing is sent for it, and a repair finds nothing to repair', async () => {
  const { resource } = resourcesOf(course)[0] as { resource: Resource };
  expect(new Set(claims.map((claim) => contentOf(resource, claim).hash)).size).toBe(1);
  expect(contentOf(resource, 'ours').text).toBe(writeJson(resource));
  await sender.deliver(course);
  setting.claim = 'ours';
  expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', requests: 0 });
  expect(sender.receipt?.mapping).toBe(mappingVersion);
  // Whoever has no receipt, and finds all of it there, has no reason to write either.
  const other = senderTo(target.server, setting);
  expect(await other.deliver(course)).toMatchObject({ counts: { unchanged: size } });
});

test('it takes effect on what is written anew, and stays mixed until all of it was', async () => {
  await sender.deliver(course);
  setting.claim = 'ours';
  const { counts } = await sender.deliver(withDose(40));
  expect(counts.updated).toBeGreaterThan(0);
  expect(counts.updated).toBeLessThan(size);
  expect(await claimedAs()).toMatchObject({ ours: counts.updated, off: size - counts.updated });
  expect(sender.receipt?.mapping).toBe(`${mappingVersion} mixed`);
  expect(claims.map(writingOf)).not.toContain(sender.receipt?.mapping);
  // The receipt knows the content of all of it all the same.
  expect(await sender.deliver(withDose(40))).toMatchObject({ requests: 0 });
  setting.claim = 'off';
  expect(await sender.deliver(withDose(40), 'repair')).toMatchObject({ counts: { updated: counts.updated } });
  expect(await claimedAs()).toMatchObject({ off: size });
  expect(sender.receipt?.mapping).toBe(mappingVersion);
});

test.each<[Claim, Claim, number]>([
  ['off', 'ours', size],
  ['off', 'hl7', vitalSigns],
  ['hl7', 'ours', size],
  ['ours', 'hl7', size],
  ['ours', 'off', size],
])('replayed for the mapping, what claims %s claims %s', async (before, after, changes) => {
  setting.claim = before;
  await sender.deliver(course);
  setting.claim = after;
  const outcome = await sender.deliver(course, 'repair');
  expect(outcome).toMatchObject({ ended: 'delivered', counts: { created: 0, updated: changes } });
  expect((await claimedAs())[after]).toBe(size);
  expect(sender.receipt?.mapping).toBe(writingOf(after));
  expect(await sender.deliver(course, 'repair')).toMatchObject({ counts: { updated: 0, unchanged: size } });
});

test('what a target drops is not written again and again', async () => {
  setting.claim = 'ours';
  await sender.deliver(course);
  for (const { meta: _meta, ...one } of await held()) await target.put(one as Parameters<Target['put']>[0]);
  expect(await sender.deliver(course, 'repair')).toMatchObject({ counts: { updated: 0, unchanged: size } });
  expect(await claimedAs()).toMatchObject({ ours: 0 });
});

test('what is taken back claims what it did', async () => {
  setting.claim = 'ours';
  await sender.deliver(course);
  const sessions = (course.sessions ?? []).map(({ readings: _readings, ...session }) => session);
  await sender.deliver({ ...course, sessions });
  const back = (await held()).filter((one) => (one as { status?: unknown }).status === 'entered-in-error');
  expect(back.length).toBeGreaterThan(0);
  for (const one of back) expect(one.meta?.profile).toEqual(expected(one, 'ours'));
});

test.each(claims)('%s: what is pulled back is the course', async (claim) => {
  setting.claim = claim;
  await sender.deliver(course);
  const selection = { course: { system: course.system, value: course.id } };
  const pulled = await Array.fromAsync(pullCourses(target.server, selection, definitions));
  expect(pulled).toEqual([{ kind: 'found', course, issues: [], resourceCount: size, missingCount: 0 }]);
  // Whatever was claimed, and is to be claimed now, is no difference.
  for (const other of claims) {
    setting.claim = other;
    await sender.deliver(course);
    expect(await verifyCourse(course, target.server, definitions)).toMatchObject({ kind: 'equal', issues: [] });
  }
});
