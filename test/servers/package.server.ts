import { globSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { profileOf } from '../../src/mapping/claims.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { writeJson } from '../../src/json/json.ts';
import { ourPackage } from '../conformance/our-package.ts';
import { jsonOf } from '../laws/courses.ts';
import { breaches } from './breaches.ts';
import { emptyServer } from './start.ts';
import { forAll } from './target.ts';

/** HAPI installs our FHIR package as it is, and judges by it what we write and what is broken. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const examples = globSync('profiles/examples/*/course.json', { cwd: root }).toSorted();

const resourcesOf = (example: string): object[] => {
  const course = jsonOf(readFileSync(`${root}${example}`, 'utf8')) as unknown as TreatmentCourse;
  const { entry = [] } = bundleOf(mapCourse(course, definitions), 'logical');
  return entry.flatMap(({ resource }) => resource ?? []);
};

describe.each(inject('servers').filter(({ kind }) => kind === 'hapi'))('$kind', (server) => {
  beforeAll(async () => {
    await emptyServer(server);
    await install(server.base);
  }, 300_000);

  test.each(examples)('every resource of %s conforms', { timeout: 600_000 }, async (example) => {
    const resources = resourcesOf(example);
    const faults = await forAll(resources, async (resource) => {
      const errors = await validate(server.base, resource, profileOf(resource, 'ours'));
      return errors.length === 0 ? [] : [{ profile: profileOf(resource, 'ours'), errors }];
    });
    expect(resources.length).toBeGreaterThan(20);
    expect(faults.flat()).toEqual([]);
  });

  test.each(breaches)('$what is refused', async ({ of, breach }) => {
    const resource = examples.flatMap(resourcesOf).find((one) => profileOf(one, 'ours')?.endsWith(`/${of}`) === true);
    const profile = profileOf(resource ?? {}, 'ours');
    expect(await validate(server.base, resource ?? {}, profile)).toEqual([]);
    const broken = breach(resource as never);
    expect((await validate(server.base, broken, profile)).length).toBeGreaterThan(0);
  });
});

async function install(base: string): Promise<void> {
  const tgz = ourPackage();
  const body = {
    resourceType: 'Parameters',
    parameter: [{ name: 'npmContent', valueBase64Binary: readFileSync(tgz).toString('base64') }],
  };
  rmSync(dirname(tgz), { recursive: true });
  await post(`${base}/ImplementationGuide/$install`, JSON.stringify(body));
}

interface Outcome {
  readonly issue: readonly { readonly severity: string; readonly diagnostics?: string; readonly location?: unknown }[];
}

/** The errors that HAPI finds; it answers 200 whatever they are. A profile that it does not have is one. */
async function validate(base: string, resource: object, profile = ''): Promise<Outcome['issue']> {
  const { resourceType } = resource as { readonly resourceType: string };
  const url = `${base}/${resourceType}/$validate?profile=${encodeURIComponent(profile)}`;
  const { issue } = (await post(url, writeJson(resource))) as Outcome;
  return issue.filter(({ severity }) => severity === 'error' || severity === 'fatal');
}

async function post(url: string, body: string): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/fhir+json' }, body });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
