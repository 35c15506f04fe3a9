import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDefinitions, shippedInstruments } from '../../src/definitions/definitions.ts';
import { ownCheck, type OwnCheck } from '../../src/exchange/own-check.ts';
import { checkerFor } from '../../src/validation/checker-for.ts';
import { shippedChecker } from '../../src/validation/shipped.ts';
import { asServersSay, brokenCourses, marker } from './broken-courses.ts';
import { course, resourcesOf, withDose } from './courses.ts';
import { senderTo, type Sender } from './deliveries.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
let sender: Sender;
let setting: { check?: OwnCheck };
beforeEach(async () => {
  target = await startTarget();
  setting = { check: ours };
  sender = senderTo(target.server, setting);
});
afterEach(() => target.close());

const ours = ownCheck(shippedChecker(), 'ours');
const base = ownCheck(shippedChecker(), 'base');

/** A check that finds fault with one resource, by its place in the course. */
const against =
  (at: string): OwnCheck =>
  (resource) => {
    const { resource: bad } = resourcesOf(course).find((one) => one.at === at) ?? {};
    if (JSON.stringify(bad) !== JSON.stringify(resource)) return [];
    return [
      { code: 'not-checked', at: 'Observation.note' },
      { code: 'too-few', at: 'Observation', facts: { element: 'Observation.status', least: 1 } },
    ];
  };

test('what is good is sent as if nobody had looked', async () => {
  const outcome = await sender.deliver(course);
  expect(outcome).toMatchObject({ ended: 'delivered', issues: [] });
  setting = {};
  const unchecked = await senderTo(target.server, setting).deliver(course, 'repair');
  expect(unchecked.counts).toMatchObject({ created: 0, updated: 0, unchanged: resourcesOf(course).length });
});

test.each(brokenCourses('C'))('$what is refused at its place in the course, and nothing is asked', async (broken) => {
  const outcome = await sender.deliver(broken.course);
  expect(outcome).toMatchObject({ ended: 'refused', byUs: true, open: false, requests: 0 });
  expect(outcome.receipt).toBeUndefined();
  expect(new Set(outcome.issues.map(({ at }) => at))).toEqual(new Set([broken.at]));
  expect(outcome.issues.map(({ facts }) => asServersSay(String(facts?.['element'])))).toContain(broken.element);
  expect(outcome.issues).toEqual([...new Map(outcome.issues.map((one) => [JSON.stringify(one), one])).values()]);
  expect(JSON.stringify(outcome)).not.toContain(marker);
  expect([target.transactions, target.single]).toEqual([[], []]);
  // A target that validates nothing takes it, where nobody else looks.
  delete setting.check;
  expect(await sender.deliver(undefined)).toMatchObject({ ended: 'delivered' });
});

test('only errors refuse', async () => {
  const at = 'TreatmentCourse.sessions[1]';
  setting.check = against(at);
  expect((await sender.deliver(course)).issues).toEqual([
    { code: 'too-few', at, facts: { element: 'Observation.status', least: 1 } },
  ]);
  setting.check = () => [{ code: 'not-checked', at: 'Observation' }];
  expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', issues: [] });
});

test('what the target has already is not looked at, unless all of it may be written again', async () => {
  delete setting.check;
  await sender.deliver(course);
  setting.check = against('TreatmentCourse.sessions[1]');
  expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', requests: 0 });
  const changed = await sender.deliver(withDose(40));
  expect(changed).toMatchObject({ ended: 'delivered' });
  expect(changed.counts.updated).toBeGreaterThan(0);
  expect(await sender.deliver(undefined, 'repair')).toMatchObject({ ended: 'refused' });
});

test('what is taken back is looked at as it is written, and what is deleted is not', async () => {
  await sender.deliver(course);
  const less = { ...course, sessions: course.sessions?.slice(0, 1) ?? [] };
  setting.check = (resource) =>
    (resource as { status?: string }).status === 'entered-in-error' ? [{ code: 'too-few', at: 'Observation' }] : [];
  expect(await sender.deliver(less)).toMatchObject({
    ended: 'refused',
    issues: [{ code: 'too-few', at: 'TreatmentCourse.sessions[1]', facts: { element: 'Observation' } }],
  });
  const deleting = senderTo(target.server, { ...setting, retractions: 'delete' });
  deleting.receipt = sender.receipt;
  deleting.versions.push(course);
  expect(await deleting.deliver(less)).toMatchObject({ ended: 'delivered' });
  setting.check = ours;
  expect(await sender.deliver(less)).toMatchObject({ ended: 'delivered' });
});

test('by R4 alone our profiles do not count', () => {
  const { resource } = resourcesOf(course).find(({ at }) => at === 'TreatmentCourse.sessions[1]') ?? {};
  if (resource === undefined) throw new Error('the course has no second session');
  const { identifier: _, ...without } = resource as typeof resource & { identifier?: unknown };
  expect(base(without as typeof resource)).toEqual([]);
  expect(ours(without as typeof resource).map(({ code }) => code)).toContain('too-few');
});

test('a Questionnaire of the site stands in the place of ours, and one of its own is known', () => {
  const [first, ...others] = shippedInstruments as { url: string; item: object[] }[];
  const own = { resourceType: 'Questionnaire', url: 'https://site.example/q', status: 'active', item: [] };
  const needed = { linkId: 'needed', type: 'string', required: true };
  const site = readDefinitions([{ ...first, item: [...(first?.item ?? []), needed] }, ...others, own]);
  const check = ownCheck(checkerFor(site), 'base');
  const response = resourcesOf(course).find(({ at }) => at === 'TreatmentCourse.assessments[0]')?.resource;
  if (response === undefined) throw new Error('the course has no assessment');
  expect(ours(response)).toEqual([]);
  expect(check(response).map(({ code }) => code)).toEqual(['response-answer-missing']);
  const answered = { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: own.url } as const;
  expect(check({ ...answered, item: [{ linkId: 'other' }] }).length).toBeGreaterThan(0);
});
