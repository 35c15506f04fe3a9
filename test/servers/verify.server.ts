import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@medplum/fhirtypes';
import { beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { courseServiceId } from '../../src/course/identity.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { uuidsInText, byteText } from '../../src/exchange/content.ts';
import {
  isJsonNumber,
  isJsonObject,
  jsonNumber,
  numberValue,
  writeJson,
  type JsonObject,
} from '../../src/json/json.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import type { MappedResource } from '../../src/mapping/mapped.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { run, type Outcome } from '../cli/command-line.ts';
import { emptyServer } from './start.ts';
import { forAll, plainly, search } from './target.ts';

const programmes = ['norway', 'portugal', 'guangzhou', 'kaiser', 'los-angeles'] as const;

/** Fifty courses that no other test has: one of the servers cannot be emptied. */
const courses: readonly TreatmentCourse[] = programmes.flatMap((key) =>
  Array.from({ length: 10 }, (_, index) => synthesize(key, { seed: 71, index, size: 'small' })),
);

/** One resource of each kind of damage for every course, no two the same. */
interface Planted {
  readonly course: string;
  readonly lost: MappedResource;
  readonly changed: MappedResource;
  readonly twice: MappedResource;
  readonly rewritten: MappedResource;
}

function plantedIn(course: TreatmentCourse, n: number): Planted {
  const { resources } = mapCourse(course, definitions);
  const named = new Set(resources.flatMap(({ resource }) => uuidsInText(byteText(resource))));
  // HAPI does not delete what something refers to.
  const lost = resources.findLast(({ uuid }) => !named.has(uuid));
  const others = resources.filter((one) => one !== lost);
  const at = (k: number): MappedResource | undefined =>
    others[(n * 7 + k * Math.floor(others.length / 3)) % others.length];
  const [changed, twice, rewritten] = [at(0), at(1), at(2)];
  if (lost === undefined || changed === undefined || twice === undefined || rewritten === undefined) {
    throw new Error('a course with too few resources');
  }
  return { course: courseServiceId(course), lost, changed, twice, rewritten };
}

type Stored = Resource & { readonly id: string };

/** What somebody may do to a resource; undefined where this resource has nothing to do it to. */
const edits: readonly ((resource: JsonObject) => JsonObject | undefined)[] = [
  ({ valueQuantity, ...rest }) => {
    if (!isJsonObject(valueQuantity)) return undefined;
    const { value } = valueQuantity;
    if (value === undefined || !isJsonNumber(value)) return undefined;
    return { ...rest, valueQuantity: { ...valueQuantity, value: jsonNumber(String(numberValue(value) + 1)) } };
  },
  (resource) =>
    resource['resourceType'] === 'QuestionnaireResponse'
      ? undefined
      : { ...resource, note: [{ text: 'somebody was here' }] },
  (resource) => ({
    ...resource,
    status: resource['resourceType'] === 'MedicationAdministration' ? 'unknown' : 'amended',
  }),
  ({ item, ...rest }) => (Array.isArray(item) && item.length > 1 ? { ...rest, item: item.slice(1) } : undefined),
  ({ category, ...rest }) => (category === undefined ? undefined : rest),
  ({ extension, ...rest }) =>
    Array.isArray(extension) && extension.length > 1 ? { ...rest, extension: extension.slice(0, -1) } : undefined,
];

function edited(resource: Stored, n: number): Stored {
  const turned = [...edits.slice(n % edits.length), ...edits.slice(0, n % edits.length)];
  for (const edit of turned) {
    const result = edit(resource as unknown as JsonObject);
    if (result !== undefined) return result as unknown as Stored;
  }
  throw new Error('nothing to edit');
}

describe.each(inject('servers'))('$kind', (on) => {
  const { base } = on;
  beforeEach(() => emptyServer(on));

  async function stored({ resource, uuid }: MappedResource): Promise<Stored> {
    const [found] = await search(base, resource.resourceType, [['_id', uuid]]);
    if (found?.id === undefined) throw new Error('what was delivered is not there');
    return found as Stored;
  }

  const placeOf = ({ resourceType, id }: Stored): string => `${base}/${resourceType}/${id}`;

  const put = (resource: Stored): Promise<void> => plainly('PUT', placeOf(resource), resource);

  /** Makes a second one, under an id of the server's own. */
  async function copy({ id: _id, meta: _meta, ...resource }: Stored): Promise<string> {
    const response = await fetch(`${base}/${resource.resourceType}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json', Prefer: 'return=representation' },
      body: writeJson(resource),
    });
    const { id } = (await response.json()) as Stored;
    if (response.status !== 201) throw new Error(`POST answered ${response.status}`);
    return `${base}/${resource.resourceType}/${id}`;
  }

  const verify = (...more: readonly string[]): Promise<Outcome> => run(['verify', '--to', base, '--json', ...more]);

  interface Found {
    readonly course: string;
    readonly differences: readonly { kind: string; type: string; at: string; places: readonly string[] }[];
  }
  const differencesIn = ({ out }: Outcome): string[] =>
    out
      .map((line) => JSON.parse(line) as Found)
      .flatMap(({ course, differences }) => differences.map(({ kind, type, at }) => `${kind} ${course} ${type} ${at}`))
      .toSorted();

  test(
    'each of 50 losses, changes and duplicates is found, and nothing else; what can be repaired is',
    { timeout: 900_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'coursebridge-verify-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      vi.stubEnv('COURSEBRIDGE_DATA', folder);
      const pushed = await run(
        ['push', '-', '--to', base, '--patients', 'create'],
        courses.map((one) => writeJson(one)).join('\n'),
      );
      expect([pushed.code, pushed.err.at(-1)]).toEqual([0, 'push: 50 courses read, 50 delivered.']);
      const clean = await verify();
      expect([clean.code, clean.out.length, differencesIn(clean)]).toEqual([0, 50, []]);

      const planted = courses.map(plantedIn);
      // A new version with the same content is no change.
      await forAll(planted, async ({ rewritten }) => {
        const before = await stored(rewritten);
        await put(edited(before, 2));
        await put(before);
      });
      expect(differencesIn(await verify())).toEqual([]);

      await forAll(planted, async ({ lost }) => plainly('DELETE', placeOf(await stored(lost))));
      await forAll([...planted.entries()], async ([n, { changed }]) => put(edited(await stored(changed), n)));
      const copies = await forAll(planted, async ({ twice }) => copy(await stored(twice)));
      const damaged = await verify();
      expect(damaged.code).toBe(4);
      const line = (kind: string, course: string, { resource, at }: MappedResource): string =>
        `${kind} ${course} ${resource.resourceType} ${at}`;
      const expected = planted.flatMap(({ course, lost, changed, twice }) => [
        line('missing', course, lost),
        line('changed', course, changed),
        line('duplicate', course, twice),
      ]);
      expect(expected).toHaveLength(150);
      expect(differencesIn(damaged)).toEqual(expected.toSorted());

      await forAll(copies, (place) => plainly('DELETE', place));
      expect((await verify('--repair')).err.at(-1)).toContain('50 courses will be repaired');
      expect((await run(['push', '--to', base])).err.at(-1)).toBe('push: no files, 50 delivered.');
      const repaired = await verify();
      expect([repaired.code, differencesIn(repaired)]).toEqual([0, []]);
    },
  );
});
