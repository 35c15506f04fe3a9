import type { Bundle, Observation, Resource } from '@medplum/fhirtypes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { compareHeld } from '../../src/exchange/verify-compare.ts';
import { fullCoverage } from '../../src/exchange/coverage.ts';
import { receiptJson, type HeldResource } from '../../src/exchange/receipt.ts';
import { expectedAfter } from '../../src/exchange/verify-expected.ts';
import type { Comparison } from '../../src/exchange/verify-findings.ts';
import { lookAt } from '../../src/exchange/verify-look.ts';
import { parseJson, writeJson, type Json } from '../../src/json/json.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import type { MappedResource } from '../../src/mapping/mapped.ts';
import { mappingVersion } from '../../src/mapping/mapping-version.ts';
import { retracted } from '../../src/mapping/retraction.ts';
import { course, resourcesOf, withDose } from './courses.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

const other: TreatmentCourse = {
  ...course,
  id: 'C/18',
  patient: { system: course.patient.system, id: 'P-2' },
};

async function look(
  courses: readonly TreatmentCourse[] = [course],
  told: readonly HeldResource[] = [],
  { mapping = mappingVersion, arrived = true, coverage = fullCoverage } = {},
): Promise<readonly Comparison[]> {
  const expected = courses.map((each) =>
    expectedAfter(
      each,
      { mapping, resources: receiptJson(each.system, { resources: told }) },
      { arrived, coverage },
      definitions,
    ),
  );
  const answer = await lookAt(target.server, expected);
  if (answer.kind !== 'accepted') throw new Error(`the look was answered ${answer.kind}`);
  return expected.map((each, index) => {
    const held = answer.body[index];
    if (held === undefined) throw new Error('a course was left out');
    return compareHeld(each, held);
  });
}

/** Writes a course and its patient by plain PUTs. */
async function put(of: TreatmentCourse): Promise<void> {
  const bundle = bundleOf(mapCourse(of, definitions), 'create');
  const types = new Map(bundle.entry?.map(({ fullUrl = '', resource }) => [fullUrl, resource?.resourceType ?? '']));
  const literal = writeJson(bundle).replaceAll(
    /urn:uuid:([0-9a-f-]{36})/g,
    (urn, id: string) => `${types.get(urn) ?? ''}/${id}`,
  );
  for (const { fullUrl = '', resource } of (jsonIn(literal) as unknown as Bundle).entry ?? []) {
    if (resource !== undefined) await target.put({ ...resource, id: fullUrl.slice(fullUrl.indexOf('/') + 1) });
  }
}

function jsonIn(text: string): Json {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error('this is no JSON');
  return parsed.value;
}

type Stored = Resource & { readonly id: string };

const one = (facet: string, of: TreatmentCourse = course) => {
  const found = resourcesOf(of).find(({ identifier }) => identifier.value.endsWith(facet));
  if (found === undefined) throw new Error(`no ${facet}`);
  return found;
};

function stored(facet: string, of: TreatmentCourse = course): Promise<Stored> {
  const { resource, uuid } = one(facet, of);
  return byPlace({ resourceType: resource.resourceType, id: uuid });
}

async function byPlace({ resourceType, id }: Pick<Stored, 'resourceType' | 'id'>): Promise<Stored> {
  const response = await fetch(`${target.base}/${resourceType}/${id}`);
  return jsonIn(await response.text()) as unknown as Stored;
}

const remove = async ({ resourceType, id }: Stored): Promise<void> => {
  await fetch(`${target.base}/${resourceType}/${id}`, { method: 'DELETE' });
};

const toldOf = (
  { uuid, resource, identifier, at }: MappedResource,
  more: Partial<HeldResource> = {},
): HeldResource => ({
  uuid,
  type: resource.resourceType,
  identifier: identifier.value,
  at,
  state: 'held',
  since: 1,
  ...more,
});

const clean = { differences: [], notes: [], notSought: [] };

describe('nothing differs', () => {
  test('where everything is there, of several courses at once', async () => {
    await put(course);
    await put(other);
    const [first, second] = await look([course, other]);
    expect(first).toEqual({ ...clean, resources: resourcesOf(course).length });
    expect(second).toEqual({ ...clean, resources: resourcesOf(other).length });
  });

  test('where somebody wrote the same content again, in another order, with tags and narrative', async () => {
    await put(course);
    const { id, resourceType, ...rest } = await stored('/hr');
    const turned = Object.fromEntries(Object.entries(rest).toReversed());
    const meta = { tag: [{ system: 'https://x.example', code: 'x' }] };
    await target.put({ resourceType, id, ...turned, meta, text: { status: 'generated' } } as unknown as Stored);
    expect((await stored('/hr')).meta?.versionId).not.toBe(rest.meta?.versionId);
    expect(await look()).toMatchObject([clean]);
  });

  test('where the patient became part of another record', async () => {
    await put(course);
    const [former] = (await target.all('Patient')) as (Stored & { resourceType: 'Patient' })[];
    if (former === undefined) throw new Error('no patient');
    await target.put({ resourceType: 'Patient', id: 'next' });
    await target.put({ ...former, link: [{ type: 'replaced-by', other: { reference: 'Patient/next' } }] });
    expect(await look()).toMatchObject([clean]);
    const heart = (await stored('/hr')) as Observation & Stored;
    await target.put({ ...heart, subject: { ...heart.subject, reference: 'Patient/next' } });
    expect(await look()).toMatchObject([clean]);
  });
});

describe('what differs', () => {
  test('every resource that is gone is missing, and what refers to it is not changed', async () => {
    await put(course);
    for (const { resource, uuid, at } of resourcesOf(course)) {
      const own = await (await fetch(`${target.base}/${resource.resourceType}/${uuid}`)).text();
      await remove({ resourceType: resource.resourceType, id: uuid } as Stored);
      const difference = { kind: 'missing', type: resource.resourceType, at, places: [] };
      expect(await look()).toEqual([{ ...clean, resources: resourcesOf(course).length, differences: [difference] }]);
      await target.put(jsonIn(own) as unknown as Stored);
    }
    expect(await look()).toMatchObject([clean]);
  });

  test('a patient who is gone', async () => {
    await put(course);
    const [patient] = (await target.all('Patient')) as Stored[];
    if (patient !== undefined) await remove(patient);
    const difference = { kind: 'missing', type: 'Patient', at: 'TreatmentCourse.patient' };
    expect(await look()).toMatchObject([{ ...clean, differences: [difference] }]);
  });

  test('an element that somebody changed, added or took away, by its place and never its value', async () => {
    await put(course);
    const heart = (await stored('/hr')) as Observation & Stored;
    const { method: _, ...changed } = {
      ...heart,
      valueQuantity: { ...heart.valueQuantity, value: 99 },
      note: [{ text: 'MARKER' }],
      subject: { ...heart.subject, reference: 'Patient/other' },
    };
    await target.put(changed);
    const [comparison] = await look();
    expect(comparison?.differences).toEqual([
      {
        kind: 'changed',
        type: 'Observation',
        at: one('/hr').at,
        places: [`Observation/${heart.id}`],
        elements: [
          { code: 'changed-element', at: 'Observation.subject.reference' },
          { code: 'changed-element', at: 'Observation.value.ofType(Quantity).value' },
          { code: 'unclaimed-element', at: 'Observation.note' },
        ],
      },
    ]);
    expect(JSON.stringify(comparison)).not.toContain('MARKER');
  });

  test('an identifier that was taken away is a change, where the resource is', async () => {
    await put(course);
    const { identifier: _, ...unnamed } = (await stored('/hr')) as Observation & Stored;
    await target.put(unnamed);
    const [comparison] = await look();
    expect(comparison?.differences).toMatchObject([
      { kind: 'changed', elements: [{ code: 'missing-element', at: 'Observation.identifier' }] },
    ]);
  });

  test('two under one identifier, whichever of them is ours', async () => {
    await put(course);
    const heart = await stored('/hr');
    await target.put({ ...heart, id: '77' });
    const [comparison] = await look();
    const places = expect.arrayContaining(['Observation/77', `Observation/${heart.id}`]) as unknown;
    expect(comparison?.differences).toEqual([{ kind: 'duplicate', type: 'Observation', at: one('/hr').at, places }]);
  });

  test('a patient who is there twice', async () => {
    await put(course);
    const [patient] = (await target.all('Patient')) as Stored[];
    if (patient !== undefined) await target.put({ ...patient, id: 'MARKER' });
    const [comparison] = await look();
    expect(comparison?.differences).toMatchObject([{ kind: 'duplicate', type: 'Patient' }]);
    expect(JSON.stringify(comparison)).not.toContain('MARKER');
  });

  test('a resource that names the course, and that the course does not have', async () => {
    await put(course);
    const total = await stored('/total');
    const identifier = [{ system: course.system, value: 'C-17/a/2/total' }];
    await target.put({ ...total, id: '88', identifier } as unknown as Stored);
    const [comparison] = await look();
    const at = 'Observation/88';
    expect(comparison?.differences).toEqual([{ kind: 'extra', type: 'Observation', at, places: [at] }]);
    await target.put({ ...total, id: '88', identifier, status: 'entered-in-error' } as unknown as Stored);
    expect(await look()).toMatchObject([clean]);
  });
});

describe('parts that were taken back', () => {
  const without: TreatmentCourse = { ...course, assessments: [] };
  const gone = resourcesOf(course).filter(({ at }) => at.startsWith('TreatmentCourse.assessments'));
  const told = gone.map((back) => toldOf(back, { state: 'retracted' }));

  test('are in error, or gone, and no difference; in force again they are one', async () => {
    await put(course);
    await put(without);
    const [before] = await look([without], told);
    expect(before?.differences.map(({ kind }) => kind)).toEqual(told.map(() => 'in-force-again'));
    for (const back of gone) {
      const there = await stored(back.identifier.value.slice(4));
      const { resource } = retracted({ ...back, resource: there }, { reason: 'mixed up' });
      await target.put(resource as Stored);
    }
    expect(await look([without], told)).toMatchObject([clean]);
    for (const back of gone) await remove(await stored(back.identifier.value.slice(4)));
    expect(await look([without], told)).toMatchObject([clean]);
  });
});

describe('notes', () => {
  test('digits that the target dropped', async () => {
    const precise = withDose(0.5);
    const text = writeJson(precise).replace('"value":0.5', '"value":0.50');
    const kept = jsonIn(text) as unknown as TreatmentCourse;
    await put(precise);
    const [comparison] = await look([kept]);
    expect(comparison?.differences).toEqual([]);
    expect(comparison?.notes).toContainEqual(
      expect.objectContaining({ kind: 'digits', type: 'MedicationAdministration' }),
    );
  });

  test('what the target cannot hold, as the receipt says', async () => {
    await put(course);
    const { at } = one('/hr');
    const heart = await stored('/hr');
    const told = [toldOf(one('/hr'), { state: 'not-deliverable' })];
    const [reading] = (await target.all('Observation')).filter((each) => writeJson(each).includes(`/${heart.id}"`));
    const { hasMember = [], ...rest } = reading as Observation & Stored;
    // Nobody may refer to what is not there.
    await target.put({ ...rest, hasMember: hasMember.filter(({ reference = '' }) => !reference.endsWith(heart.id)) });
    await remove(heart);
    expect(await look([course], told)).toMatchObject([
      { ...clean, notes: [{ kind: 'not-deliverable', at, type: 'Observation' }] },
    ]);
  });

  test('what is there without its identifier, where the target keeps none', async () => {
    await put(course);
    for (const type of ['Observation', 'MedicationAdministration', 'QuestionnaireResponse']) {
      for (const each of (await target.all(type)) as (Observation & Stored)[]) {
        const { identifier: _, ...unnamed } = (await byPlace(each)) as Observation & Stored;
        await target.put(unnamed);
      }
    }
    const [comparison] = await look([course], [], { coverage: { notHeld: [], identifiers: 'lost' } });
    expect(comparison).toMatchObject({ differences: [], notSought: ['duplicate'] });
    const size = resourcesOf(course).length;
    expect(comparison?.notes.map(({ kind }) => kind)).toEqual(Array.from({ length: size }, () => 'unnamed'));
    const [unexpected] = await look([course]);
    expect(unexpected?.differences.map(({ kind }) => kind)).toEqual(Array.from({ length: size }, () => 'changed'));
  });

  test('what an earlier release wrote otherwise, unless somebody has touched it', async () => {
    await put(course);
    const heart = (await stored('/hr')) as Observation & Stored;
    await target.put({ ...heart, note: [{ text: 'as it was written once' }] });
    const { at } = one('/hr');
    const version = (await stored('/hr')).meta?.versionId ?? '';
    const told = resourcesOf(course).map((each) => toldOf(each, { version, hash: 'old' }));
    expect(await look([course], told, { mapping: 'earlier' })).toMatchObject([
      { ...clean, notes: [{ kind: 'other-mapping', at }] },
    ]);
    expect(await look([course], told)).toMatchObject([{ differences: [{ kind: 'changed' }] }]);
    // The newest version is on its way: this was told before.
    const before = { ...clean, notes: [{ kind: 'earlier-version', at }] };
    expect(await look([course], told, { arrived: false })).toMatchObject([before]);
    await target.put({ ...heart, note: [{ text: 'somebody' }] });
    expect(await look([course], told, { mapping: 'earlier' })).toMatchObject([{ differences: [{ kind: 'changed' }] }]);
  });
});
