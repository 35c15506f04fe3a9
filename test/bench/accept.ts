import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import type { Store } from '../../src/exchange/store.ts';
import { submitTexts } from '../../src/exchange/submit.ts';
import { openStore } from '../../src/store/open-store.ts';
import { courseTexts } from './courses.ts';
import { RawDatabase, rowsIn } from './raw-rows.ts';
import { emptyStore, replay } from './recorded-accept.ts';
import { median, progress, quick, report } from './report.ts';

/**
 * How much of the time of taking full-size courses is not the store's. Each figure is a ratio of medians over rounds
 * that alternate, by the clock, since what waits for the disk is time too; but for the time in which this process was
 * ready and others on the machine had the processor.
 *
 * - `ratioSingle`: courses that come one by one. The time without a store (read, checked, decided of) over that with one.
 * - `ratioBatch`: the same for 500 courses in one transaction.
 * - `ratioStore`: the time of node:sqlite inserting the rows of 500 courses by hand, with the store's settings, over
 *   that of the store doing what taking those courses asks of it.
 */

const rounds = quick ? 5 : 7;
const batch = 500;
const singles = quick ? 100 : 200;
/** So many courses by turns: a machine that others use is not the same from one second to the next. */
const turn = 20;

const target = { id: 'bench', base: 'https://fhir.example/r4' };
const world = (store: Store) => ({
  store,
  definitions,
  targets: [target.id],
  limits: { parts: 5, share: 0.2 },
  now: Date.now,
  newId: randomUUID,
  actor: 'bench',
});

const sample = courseTexts()
  .take(batch)
  .map(({ text }) => text)
  .toArray();

/** The sample as courses that nobody has seen yet: of another site. The course's own namespace is the first. */
const coursesOf = (round: string, count: number): string[] =>
  sample.slice(0, count).map((text) => text.replace('"system":"https://', `"system":"https://${round}.`));

async function accept(texts: readonly string[], store: Store): Promise<void> {
  const taken = await submitTexts(
    texts.map((text) => ({ text, kind: 'snapshot' })),
    world(store),
  );
  if (taken.some(({ state }) => state !== 'accepted')) throw new Error('a generated course was not accepted');
}

async function acceptEach(texts: readonly string[], store: Store): Promise<void> {
  for (const text of texts) await accept([text], store);
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now() - waitedMs();
  await work();
  return performance.now() - waitedMs() - start;
}

/** How long this process has waited for a processor, as Linux counts it (Documentation/scheduler/sched-stats.rst). */
function waitedMs(): number {
  try {
    const [, waitedNs = '0'] = readFileSync('/proc/self/schedstat', 'utf8').split(' ');
    return Number(waitedNs) / 1e6;
  } catch {
    return 0;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-bench-accept-'));
let files = 0;
const newFile = (): string => join(folder, `${(files += 1)}.sqlite`);

async function newStore(file = newFile()): Promise<Store> {
  const store = await openStore({ file });
  await store.transaction((tx) => tx.keepTarget(target));
  return store;
}

/** Milliseconds of each kind, one for each round. */
const ms = {
  singleWith: [] as number[],
  singleWithout: [] as number[],
  batchWith: [] as number[],
  batchWithout: [] as number[],
  store: [] as number[],
  raw: [] as number[],
};

/** Both by turns, and which of them goes first alternates too. */
async function single(round: string, store: Store): Promise<void> {
  const texts = coursesOf(`${round}-one`, singles);
  let [having, lacking] = [0, 0];
  for (let from = 0; from < singles; from += turn) {
    const some = texts.slice(from, from + turn);
    const both = [
      async () => (having += await timed(() => acceptEach(some, store))),
      async () => (lacking += await timed(() => acceptEach(some, emptyStore()))),
    ];
    for (const half of from % (2 * turn) === 0 ? both : both.toReversed()) await half();
  }
  ms.singleWith.push(having);
  ms.singleWithout.push(lacking);
}

async function inBatches(round: number, store: Store): Promise<void> {
  const texts = coursesOf(`${round}-all`, batch);
  const both = [
    async () => ms.batchWith.push(await timed(() => accept(texts, store))),
    async () => ms.batchWithout.push(await timed(() => accept(texts, emptyStore()))),
  ];
  for (const half of round % 2 === 0 ? both : both.toReversed()) await half();
}

type Calls = Parameters<typeof replay>[0];

/** Each time in a new file: both begin with the same pages to fill. */
async function storeAlone(round: number, calls: Calls, rows: ReturnType<typeof rowsIn>): Promise<void> {
  const store = await newStore();
  const raw = new RawDatabase(newFile());
  const targets = rows.filter(({ table }) => table === 'target');
  raw.insert(targets);
  const others = rows.filter(({ table }) => table !== 'target');
  const both = [
    async () => ms.store.push(await timed(() => replay(calls, store))),
    async () => ms.raw.push(await timed(() => raw.insert(others))),
  ];
  for (const half of round % 2 === 0 ? both : both.toReversed()) await half();
  await store.close();
  raw.close();
}

try {
  // What taking these courses asks of a store, and the rows that it becomes.
  const calls: Parameters<typeof emptyStore>[0] & object = [];
  await accept(coursesOf('recorded', batch), emptyStore(calls));
  const file = newFile();
  const recorded = await newStore(file);
  await replay(calls, recorded);
  await recorded.close();
  const rows = rowsIn(file);

  // One store for all rounds: its log has reached its size, as that of a service in use has.
  const store = await newStore();
  await single('warm-up', store);
  for (const list of Object.values(ms)) list.length = 0;
  for (let round = 1; round <= rounds; round += 1) {
    await single(String(round), store);
    await inBatches(round, store);
    await storeAlone(round, calls, rows);
    progress(`accept: round ${round} of ${rounds}, ${(median(ms.batchWith) / batch).toFixed(2)} ms a course`);
  }
  await store.close();

  const each = (list: readonly number[], count: number): string => `${((median(list) * 1000) / count).toFixed(0)} µs`;
  process.stdout.write(
    `a course by itself ${each(ms.singleWith, singles)}, without a store ${each(ms.singleWithout, singles)}; ` +
      `of 500 ${each(ms.batchWith, batch)}, without ${each(ms.batchWithout, batch)}; ` +
      `the store alone ${each(ms.store, batch)}, by hand ${each(ms.raw, batch)}\n`,
  );
  // The median of these is the ratio of the medians.
  const ratios = (without: readonly number[], having: readonly number[]): number[] =>
    having.map((value) => median(without) / value);
  report(
    'accept',
    'ratios of time',
    {
      ratioSingle: ratios(ms.singleWithout, ms.singleWith),
      ratioBatch: ratios(ms.batchWithout, ms.batchWith),
      ratioStore: ratios(ms.raw, ms.store),
    },
    { ratioSingle: 0.8, ratioBatch: 0.9, ratioStore: 0.75 },
  );
} finally {
  rmSync(folder, { recursive: true });
}
