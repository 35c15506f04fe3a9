import { parseArgs } from 'node:util';
import { isJsonObject, parseJson, type Json } from '../../../src/json/json.ts';
import { corpusChecker, corpusWords } from './checked.ts';
import { mutantsOf } from './draw.ts';
import { growing } from './growing.ts';

/**
 * `npm run test:mutants`: a million mutants through the checker alone. None makes it throw; nothing of a resource stands in
 * an issue; and what a resource costs is bounded by its size: the worst of each size is printed, of the mutants and of
 * resources that are made to be slow.
 *
 *     npm run test:mutants -- --count 20000 --seed 7
 */

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 1_000_000);
const warmUp = Math.min(3000, count / 2);
const seed = values.seed ?? String(Date.now());
const checker = corpusChecker();
const words = corpusWords();

/** The worst microseconds a kilobyte, by the power of two of the size. */
const worst = new Map<number, { readonly perKilobyte: number; readonly name: string }>();

function timed(name: string, text: string): readonly string[] {
  const parsed = parseJson(text);
  if (!parsed.ok) return [];
  const start = process.cpuUsage();
  const issues = checker.check(parsed.value);
  const { user, system } = process.cpuUsage(start);
  const size = Math.floor(Math.log2(text.length));
  const perKilobyte = (user + system) / (text.length / 1024);
  const before = worst.get(size);
  if (before === undefined || perKilobyte > before.perKilobyte) worst.set(size, { perKilobyte, name });
  const said = issues.flatMap(({ at, facts = {} }) => [...at.split(/[.[\]()]+/), ...Object.values(facts).map(String)]);
  return said.length === 0 ? [] : echoed(said, parsed.value);
}

/** What an issue says, and only the resource can have told it. */
function echoed(said: readonly string[], resource: Json): readonly string[] {
  const unknown = said.filter((word) => word !== '' && !words.has(word) && !/^\d+$/.test(word));
  if (unknown.length === 0) return [];
  const own = new Set<string>();
  gather(resource, own);
  return unknown.filter((word) => own.has(word));
}

function gather(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value);
  else if (Array.isArray(value)) for (const one of value) gather(one, into);
  else if (isJsonObject(value)) {
    for (const [name, one] of Object.entries(value)) {
      into.add(name);
      gather(one, into);
    }
  }
}

let tried = 0;
let bad = 0;
const memory = process.memoryUsage().heapUsed;
for (const { name, text } of mutantsOf(seed).take(count)) {
  tried += 1;
  try {
    const echoes = timed(name, text);
    if (echoes.length > 0) throw new Error(`an issue repeats what the resource says: ${echoes.join(', ')}`);
  } catch (error) {
    bad += 1;
    if (bad <= 20) console.log(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  // What is compiled when it is first met is not the resource's own cost.
  if (tried === warmUp) worst.clear();
  if (tried % 50_000 === 0) process.stderr.write(`${tried} of ${count}, ${bad} bad\n`);
}
table(`${tried} mutants of seed ${seed}: ${bad} that threw or were repeated`);
console.log(
  `heap ${Math.round(memory / 2 ** 20)} MB before, ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB after`,
);

worst.clear();
for (const { name, text } of growing()) timed(name, text);
table('resources made to be slow');
process.exitCode = bad === 0 ? 0 : 1;

/** A line for each size, its bar as long as the worst microseconds a kilobyte. */
function table(title: string): void {
  console.log(`\n${title}\n`);
  for (const [size, { perKilobyte, name }] of [...worst].toSorted(([a], [b]) => a - b)) {
    const bar = '#'.repeat(Math.min(60, Math.round(perKilobyte / 50)));
    console.log(`${String(2 ** size).padStart(10)} bytes ${perKilobyte.toFixed(0).padStart(8)} µs/kB ${bar}  ${name}`);
  }
}
