import type { Resource } from '@medplum/fhirtypes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import type { FhirServer } from '../../src/exchange/ports.ts';
import { pullCourses, type PulledCourse, type Selection } from '../../src/exchange/pull.ts';
import { verifyCourse } from '../../src/exchange/verify.ts';
import { course, patient, push, resourcesOf } from './courses.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

const size = resourcesOf(course).length;
const byCourse: Selection = { course: { system: course.system, value: course.id } };
const byPatient: Selection = { patient: { system: course.patient.system, value: course.patient.id } };

const pull = (selection: Selection, server: FhirServer = target.server): Promise<PulledCourse[]> =>
  Array.fromAsync(pullCourses(server, selection, definitions));

const whole = { kind: 'found', course, issues: [], resourceCount: size, missingCount: 0 };

/** The one resource of a type whose identifier ends so. */
async function stored(type: string, facet: string): Promise<Resource & { id: string }> {
  const found = (await target.all(type)).find((one) => JSON.stringify(one).includes(`${facet}"`));
  if (found?.id === undefined) throw new Error(`no ${facet}`);
  return found as Resource & { id: string };
}

const remove = async ({ resourceType, id }: Resource & { id: string }): Promise<void> => {
  await fetch(`${target.base}/${resourceType}/${id}`, { method: 'DELETE' });
};

describe('what to pull', () => {
  test.each([
    ['one course', byCourse],
    ['the courses of a patient', byPatient],
    ['all', 'all' as const],
  ])('%s', async (_name, selection) => {
    await push(target.server);
    expect(await pull(selection)).toEqual([whole]);
  });

  test('several courses, whatever else is there', async () => {
    const other = { ...course, id: 'C/18', patient: { system: course.patient.system, id: 'P-2' } };
    await push(target.server);
    await push(target.server, other);
    await target.put({ resourceType: 'Observation', id: 'x', status: 'final', code: { text: 'somebody else' } });
    expect((await pull('all')).map((one) => one.kind === 'found' && one.course)).toEqual([course, other]);
    expect(await pull(byPatient)).toEqual([whole]);
  });

  test('a course whose patient the target never knew', async () => {
    for (const { resource, uuid } of resourcesOf(course)) {
      const json = JSON.stringify(resource).replaceAll(/urn:uuid:([0-9a-f-]+)/g, (_urn, one: string) => {
        const type = resourcesOf(course).find((other) => other.uuid === one)?.resource.resourceType ?? '';
        return `${type}/${one}`;
      });
      await target.put({ ...(JSON.parse(json) as Resource), id: uuid });
    }
    expect(await pull(byPatient)).toEqual([whole]);
    expect(await pull(byCourse)).toEqual([whole]);
  });

  test.each([
    ['no such course', byCourse, 'course-unknown'],
    ['no such patient', byPatient, 'patient-unknown'],
  ])('%s', async (_name, selection, code) => {
    expect(await pull(selection)).toMatchObject([{ kind: 'failed', issues: [{ code }] }]);
  });

  test('a patient without a course', async () => {
    await target.put(patient('a'));
    expect(await pull(byPatient)).toMatchObject([{ kind: 'failed', issues: [{ code: 'course-unknown' }] }]);
  });

  test('nothing at all', async () => {
    expect(await pull('all')).toEqual([]);
  });
});

describe('a server whose includes cannot be trusted', () => {
  const without = (includes: 'refused' | 'ignored'): FhirServer => ({
    ...target.server,
    search: (type, parameters) => {
      const plain = parameters.filter(([name]) => !/include/.test(name));
      if (includes === 'refused' && plain.length < parameters.length) {
        return Promise.resolve({ kind: 'refused', status: 400, reason: 'status', faults: [] });
      }
      return target.server.search(type, plain);
    },
  });

  test.each(['refused', 'ignored'] as const)('%s', async (includes) => {
    await push(target.server);
    expect(await pull(byCourse, without(includes))).toEqual([whole]);
    expect(await pull('all', without(includes))).toEqual([whole]);
  });
});

describe('what was taken back', () => {
  const at = (resource: Resource): string => `${resource.resourceType}/${resource.id ?? ''}`;

  test.each([
    ['MedicationAdministration', '/s/1/adm/1/administration'],
    ['Observation', '/s/2/record'],
  ])('a %s that the course no longer has is left out, and so is what it refers to: %s', async (type, facet) => {
    await push(target.server);
    const part = await stored(type, facet);
    const [other] = (await target.all('Observation')).filter((one) => one.id !== part.id);
    const taken = { ...part, id: 'taken', status: 'entered-in-error', partOf: [{ reference: 'Observation/nobody' }] };
    const extension = [...('extension' in part ? (part.extension as object[]) : []), retractedExtension];
    await target.put({ ...taken, extension, derivedFrom: [{ reference: at(other ?? part) }] } as never);
    expect(await pull(byCourse)).toEqual([whole]);
  });

  test('a part that the course still has is missed', async () => {
    await push(target.server);
    const part = await stored('Observation', '/s/2/record');
    await target.put({ ...part, status: 'entered-in-error' } as never);
    expect((await verifyCourse(course, target.server, definitions)).kind).toBe('different');
    const [pulled] = await pull(byCourse);
    expect(pulled?.issues.map(({ code }) => code)).toContain('missing-resource');
  });
});

const retractedExtension = {
  url: 'https://w3id.org/coursebridge/StructureDefinition/retracted',
  extension: [{ url: 'at', valueDateTime: '2026-02-01' }],
};

describe('a course that is not whole', () => {
  test.each([
    ['Observation', '/r/1/hr'],
    ['Observation', '/s/2/record'],
    ['Observation', '/a/1/total'],
    ['MedicationAdministration', '/s/1/adm/1/administration'],
    ['QuestionnaireResponse', '/course/record'],
    ['QuestionnaireResponse', '/a/1/answers'],
  ])('a %s is gone: %s', async (type, facet) => {
    await push(target.server);
    await remove(await stored(type, facet));
    const [pulled] = await pull(byCourse);
    expect(pulled?.issues.map(({ code }) => code)).toContain('missing-resource');
    expect((await verifyCourse(course, target.server, definitions)).kind).not.toBe('equal');
  });

  test('what is gone is named', async () => {
    await push(target.server);
    const gone = await stored('Observation', '/r/1/hr');
    await remove(gone);
    const [pulled] = await pull(byCourse);
    expect(pulled).toMatchObject({ kind: 'found', missingCount: 1, resourceCount: size - 1 });
    expect(pulled?.issues).toContainEqual({ code: 'missing-resource', at: `Observation/${gone.id}` });
  });

  test('two summaries of one course', async () => {
    await push(target.server);
    await target.put({ ...(await stored('Observation', '/course/summary')), id: 'second' });
    const failed = { kind: 'failed', issues: [{ code: 'duplicate-on-target', facts: { found: 2 } }] };
    expect(await pull(byCourse)).toMatchObject([failed]);
    expect(await pull('all')).toMatchObject([failed]);
  });

  test('a value that was changed there shows at its path', async () => {
    await push(target.server);
    const dose = await stored('MedicationAdministration', '/s/1/adm/1/administration');
    const changed = JSON.stringify(dose).replace('"value":35', '"value":36');
    await target.put(JSON.parse(changed) as Resource & { id: string });
    const verification = await verifyCourse(course, target.server, definitions);
    expect(verification).toMatchObject({
      kind: 'different',
      differences: [{ at: 'TreatmentCourse.sessions[0].administrations[0].amount.value', kind: 'changed' }],
    });
  });
});

test('a target that is not there', async () => {
  target.close();
  expect(await pull('all')).toEqual([
    { kind: 'failed', issues: [{ code: 'target-unavailable', at: 'TreatmentCourse' }] },
  ]);
  expect(await push(target.server)).toMatchObject({
    state: 'unavailable',
    counts: { 'not-sent': size },
    issues: [{ code: 'target-unavailable', at: 'TreatmentCourse' }],
  });
});
