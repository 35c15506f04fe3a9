import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { courseServiceId } from '../../src/course/identity.ts';
import type { Random } from '../../src/synthetic/random.ts';
import type { CourseVersion } from './course-versions.ts';
import type { Told } from './submission-log.ts';

/** How often an answer was none, or asked to come again. */
export interface Setbacks {
  unreachable: number;
  busy: number;
  faulty: number;
}

/** Sends one version until it is acknowledged or refused. */
export async function submitOne(
  service: string,
  version: CourseVersion,
  random: Random,
  setbacks: Setbacks,
): Promise<Told> {
  const id = courseServiceId(version.course);
  const method = version.kind === 'partial' ? 'PATCH' : random.chance(0.3) ? 'PUT' : 'POST';
  const url = method === 'POST' ? `${service}/courses` : `${service}/courses/${id}`;
  const key = random.maybe(0.3, () => ({ 'Idempotency-Key': randomUUID() })) ?? {};
  for (;;) {
    const answer = await asked(url, method, 'application/json', version.text, key);
    if (answer === undefined) await backOff(setbacks, 'unreachable');
    else if (answer.status >= 500) await backOff(setbacks, answer.status === 503 ? 'busy' : 'faulty', answer.wait);
    else return toldOf(version, answer);
  }
}

/** Sends one version once: its state, or the status of an answer that is none, or 0 where nothing came. */
export async function submitOnce(
  service: string,
  version: CourseVersion,
): Promise<{ readonly told?: Told; readonly status: number; readonly wait?: number | undefined }> {
  const partial = version.kind === 'partial';
  const url = partial ? `${service}/courses/${courseServiceId(version.course)}` : `${service}/courses`;
  const answer = await asked(url, partial ? 'PATCH' : 'POST', 'application/json', version.text, {});
  if (answer === undefined) return { status: 0 };
  if (answer.status >= 500) return { status: answer.status, wait: answer.wait };
  return { told: toldOf(version, answer), status: answer.status };
}

/** Sends versions as lines, and those of which no line came back again. */
export async function submitLines(
  service: string,
  versions: readonly CourseVersion[],
  note: (told: readonly Told[]) => void,
  setbacks: Setbacks,
): Promise<void> {
  let left = versions;
  while (left.length > 0) {
    const sent = left;
    const body = sent.map(({ text }) => text).join('\n');
    const answer = await asked(`${service}/courses`, 'POST', 'application/x-ndjson', body, {});
    const lines = answer === undefined ? [] : linesOf(answer);
    const told = lines.flatMap(({ line, state }) => {
      const version = sent[line - 1];
      return version === undefined || !isEnd(state) ? [] : [{ index: version.index, number: version.number, state }];
    });
    note(told);
    left = sent.filter(({ index, number }) => !told.some((one) => one.index === index && one.number === number));
    if (left.length === 0) return;
    if (answer === undefined) await backOff(setbacks, 'unreachable');
    else await backOff(setbacks, answer.status === 503 ? 'busy' : 'faulty', answer.wait);
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Seconds. */
  readonly wait: number | undefined;
}

/** As much of the answer as came; undefined where none did. */
async function asked(
  url: string,
  method: string,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer | undefined> {
  let text = '';
  try {
    const signal = AbortSignal.timeout(60_000);
    const response = await fetch(url, { method, body, headers: { ...headers, 'Content-Type': type }, signal });
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    const answer = (): Answer => ({ status: response.status, text, wait: Number.isNaN(wait) ? undefined : wait });
    try {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
    } catch {
      // What was acknowledged line by line stays so; one document that breaks off says nothing.
      return type === 'application/x-ndjson' ? answer() : undefined;
    }
    return answer();
  } catch {
    return undefined;
  }
}

function toldOf({ index, number }: CourseVersion, { status, text }: Answer): Told {
  const state = status < 300 ? stateIn(text) : undefined;
  return state === undefined
    ? { index, number, state: 'refused', status, text: text.slice(0, 2000) }
    : { index, number, state };
}

function stateIn(text: string): string | undefined {
  try {
    const { state } = JSON.parse(text) as { readonly state?: unknown };
    return typeof state === 'string' ? state : undefined;
  } catch {
    return undefined;
  }
}

const ends = new Set(['accepted', 'unchanged', 'superseded', 'held', 'pending', 'refused']);
const isEnd = (state: string): boolean => ends.has(state);

/** The whole lines of an answer; the last one may have been cut. */
function linesOf({ text }: Answer): { readonly line: number; readonly state: string }[] {
  return text.split('\n').flatMap((line) => {
    try {
      const { line: at, state } = JSON.parse(line) as { readonly line?: unknown; readonly state?: unknown };
      return typeof at === 'number' && typeof state === 'string' ? [{ line: at, state }] : [];
    } catch {
      return [];
    }
  });
}

async function backOff(setbacks: Setbacks, kind: keyof Setbacks, wait?: number): Promise<void> {
  setbacks[kind] += 1;
  await sleep(Math.min((wait ?? 0.1) * 1000, 2000));
}
