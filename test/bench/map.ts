import type { Bundle } from '@medplum/fhirtypes';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readText } from '../../src/course/read-text.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { jsonBytes } from '../../src/json/bytes.ts';
import type { Json } from '../../src/json/json.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { findCourses } from '../../src/mapping/bundle-to-course.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { receivedFrom } from '../../src/mapping/received.ts';
import { ended, startMap } from './command.ts';
import { courseTexts } from './courses.ts';
import { median, progress, quick, report } from './report.ts';

/**
 * How fast courses become FHIR and come back, in resources a second of one core, through the functions that the
 * commands `map` and `unmap` call. It is the time of the processor that counts, so that whoever else uses the machine
 * counts for little; for `cli`, which is another process, it is the time on the clock.
 *
 * - `out`: the text of a course read, checked, mapped and written as the bytes of its Bundle.
 * - `back`: the text of a Bundle read, its course found, and written as bytes.
 * - `cli`: `coursebridge map` on a file, start included, over `out` of the same round.
 * - `ratioToJson`: the time that JSON.parse of the course and JSON.stringify of the Bundle take, over that of `out`.
 */

const rounds = quick ? 5 : 9;
// The optimising compiler has seen everything by then.
const warmUp = quick ? 8 : 12;
const sampleSize = quick ? 15 : 40;
const resourcesForCommand = quick ? 100_000 : 500_000;

const sample = courseTexts().take(sampleSize).toArray();
const resources = sample.reduce((sum, course) => sum + course.resources, 0);

/** Microseconds spent in each stage, by its name. */
type Times = Map<string, number>;

function timed<T>(times: Times, stage: string, work: () => T): T {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  times.set(stage, (times.get(stage) ?? 0) + user + system);
  return result;
}

const outStages = ['parse', 'accept', 'map', 'write'];
const backStages = ['parse back', 'find', 'write back'];
const jsonStages = ['JSON.parse', 'JSON.stringify'];
const sumOf = (times: Times, stages: readonly string[]): number =>
  stages.reduce((sum, stage) => sum + (times.get(stage) ?? 0), 0);

function bundleOfText(text: string, times: Times): Bundle {
  const json = timed(times, 'parse', () => known(readText(text).value));
  const course = timed(times, 'accept', () => known(acceptCourse(json, definitions).value));
  return timed(times, 'map', () => bundleOf(mapCourse(course, definitions), 'logical'));
}

/** One course out; the length of its Bundle in bytes. */
function runOut(text: string, times: Times): number {
  const bundle = bundleOfText(text, times);
  return timed(times, 'write', () => jsonBytes(bundle)).length;
}

/** What the parser and the writer of JavaScript alone take for a course and its Bundle; the Bundle's text. */
function runJson(text: string, times: Times): string {
  const bundle = bundleOfText(text, new Map());
  timed(times, 'JSON.parse', () => JSON.parse(text) as unknown);
  return timed(times, 'JSON.stringify', () => JSON.stringify(bundle));
}

function runBack(bundleText: string, times: Times): string {
  const received = timed(times, 'parse back', () => known(readText(bundleText).value));
  const found = timed(times, 'find', () => findCourses(known(receivedFrom(received)), definitions));
  const back = timed(times, 'write back', () => found.courses.map((one) => jsonBytes(one.course)));
  return Buffer.concat(back).toString();
}

function known<T extends Json | object>(value: T | undefined): T {
  if (value === undefined) throw new Error('a generated course was refused');
  return value;
}

/** Each way for the whole sample before the next, so that none finds the memory as another left it. */
function runSample(): { readonly times: Times; readonly bytes: number; readonly outMs: number } {
  const times: Times = new Map();
  const texts = sample.map(({ text }) => text);
  const start = performance.now();
  const bytes = texts.reduce((sum, text) => sum + runOut(text, times), 0);
  const outMs = performance.now() - start;
  const bundleTexts = texts.map((text) => runJson(text, times));
  const back = bundleTexts.map((text) => runBack(text, times));
  if (back.join() !== texts.join()) throw new Error('a course did not come back as it was');
  return { times, bytes, outMs };
}

/** Writes the sample over and over; the number of resources in the file. */
function writeInput(file: string): number {
  const text = sample.map((course) => `${course.text}\n`).join('');
  const times = Math.ceil(resourcesForCommand / resources);
  writeFileSync(file, text.repeat(times));
  return times * resources;
}

/** Milliseconds that `coursebridge map` takes for a file, into a pipe that is read at once. */
async function runCommand(file: string): Promise<number> {
  const start = performance.now();
  const child = startMap(file, 'ignore');
  child.stdout?.resume();
  await ended(child);
  return performance.now() - start;
}

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-bench-'));
try {
  const file = join(folder, 'courses.ndjson');
  const inFile = writeInput(file);
  for (let round = 0; round < warmUp; round += 1) runSample();

  const samples = { out: [] as number[], back: [] as number[], cli: [] as number[], ratioToJson: [] as number[] };
  const byStage = new Map<string, number[]>();
  let bytesPerResource = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const { times, bytes, outMs } = runSample();
    const out = (resources / sumOf(times, outStages)) * 1e6;
    samples.out.push(out);
    samples.back.push((resources / sumOf(times, backStages)) * 1e6);
    samples.ratioToJson.push(sumOf(times, jsonStages) / sumOf(times, outStages));
    samples.cli.push(inFile / (await runCommand(file)) / (resources / outMs));
    for (const [stage, time] of times) byStage.set(stage, [...(byStage.get(stage) ?? []), time / resources]);
    bytesPerResource = bytes / resources;
    progress(`map: round ${round} of ${rounds}, ${Math.round(out)} resources/s out`);
  }
  const stages = [...byStage].map(([stage, values]) => `${stage} ${median(values).toFixed(2)}`);
  process.stdout.write(`µs a resource: ${stages.join(', ')}\n`);
  process.stdout.write(
    `${Math.round(bytesPerResource)} bytes a resource, ${resources} resources in ${sampleSize} courses\n`,
  );
  report('map', 'resources/s; cli and ratioToJson are ratios', samples, {
    out: 100_000,
    back: 60_000,
    cli: 0.7,
    ratioToJson: 0.35,
  });
} finally {
  rmSync(folder, { recursive: true });
}
