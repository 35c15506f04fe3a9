import { createReadStream, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { ended, startMap } from './command.ts';
import { courseTexts } from './courses.ts';
import { progress, quick, report } from './report.ts';

/**
 * How much memory `coursebridge map` takes for a long stream of courses, as its greatest resident set in MB (10^6), as
 * Linux counts it, of the larger of its two processes.
 *
 * - `fileRssMax`: the courses in a file, the Bundles into a pipe that is read at once.
 * - `pipeRssMax`: the courses through a pipe, the Bundles into a pipe that is read slowly.
 * - `growthMax`: by which share the larger of the two grows from a fifth of the stream to the whole.
 */

const whole = quick ? 150_000 : 1_000_000;
const bytesASecond = 60_000_000;

/** Files with a fifth of the resources and with all of them, every course with an id of its own. */
function writeInputs(folder: string): { readonly fifth: string; readonly all: string } {
  const files = { fifth: join(folder, 'fifth.ndjson'), all: join(folder, 'all.ndjson') };
  const [fifth, all] = [openSync(files.fifth, 'w'), openSync(files.all, 'w')];
  let written = 0;
  for (const { text, resources } of courseTexts()) {
    if (written < whole / 5) writeSync(fifth, `${text}\n`);
    writeSync(all, `${text}\n`);
    written += resources;
    if (written >= whole) return files;
  }
  return files;
}

/** Reads and forgets, no faster than the rate. */
async function readSlowly(stream: Readable): Promise<void> {
  const start = performance.now();
  let read = 0;
  for await (const chunk of stream) {
    read += (chunk as Buffer).length;
    const ahead = (read / bytesASecond) * 1000 - (performance.now() - start);
    if (ahead > 0) await wait(ahead);
  }
}

/** The greatest resident set of a process or of one that it started, asked for until it has ended. */
async function peakOf(pid: number | undefined, end: Promise<void>): Promise<number> {
  let peak = 0;
  const ask = (): void => {
    peak = Math.max(peak, ...withChildren(String(pid)).map(residentSetOf));
  };
  const asking = setInterval(ask, 20);
  await end.finally(() => clearInterval(asking));
  return peak;
}

function withChildren(pid: string): string[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return [pid, ...children.flatMap(withChildren)];
  } catch {
    // It has ended while we asked.
    return [];
  }
}

function residentSetOf(pid: string): number {
  try {
    const kibibytes = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return (Number(kibibytes ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}

async function fromFile(file: string): Promise<number> {
  const child = startMap(file, 'ignore');
  child.stdout?.resume();
  return peakOf(child.pid, ended(child));
}

async function throughPipes(file: string): Promise<number> {
  const child = startMap('-', 'pipe');
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('a pipe is missing');
  const work = Promise.all([ended(child), readSlowly(stdout), pipeline(createReadStream(file), stdin)]);
  return peakOf(
    child.pid,
    work.then(() => undefined),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-bench-'));
try {
  progress(`memory: makes up courses of ${whole} resources`);
  const { fifth, all } = writeInputs(folder);
  const peaks: number[] = [];
  for (const [name, run] of [fromFile, throughPipes].map((one) => [one.name, one] as const)) {
    for (const file of [fifth, all]) {
      const peak = await run(file);
      progress(`memory: ${name}, ${file === all ? 'the whole' : 'a fifth'}: ${Math.round(peak)} MB`);
      peaks.push(peak);
    }
  }
  const [fileFifth = 0, file = 0, pipeFifth = 0, pipe = 0] = peaks;
  const growth = Math.max(file / fileFifth, pipe / pipeFifth) - 1;
  const samples = { fileRssMax: [file], pipeRssMax: [pipe], growthMax: [growth] };
  report('memory', 'MB; growthMax is a share', samples, { fileRssMax: 250, pipeRssMax: 250, growthMax: 0.15 });
} finally {
  rmSync(folder, { recursive: true });
}
