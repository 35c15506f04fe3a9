import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeJson, type JsonObject } from '../../../src/json/json.ts';
import { randomOf } from '../../../src/synthetic/random.ts';
import { tellingOnes, valid } from '../bite/bite.ts';
import { bases } from './cases.ts';
import { drawnChange, rules } from './rules/rules.ts';

/**
 * `node test/conformance/corpus/make-mutants.ts` draws the corpus anew: what our mapping writes (`written.ndjson`), and
 * some mutants by each rule, of these and of the bases written by hand (`mutants.ndjson`). Afterwards `record.ts`.
 */

/** Mutants of a rule, each of another base. */
const EACH = 14;

const folder = fileURLToPath(new URL('.', import.meta.url));
const written = (): (readonly [string, JsonObject])[] => {
  const counts = new Map<string, number>();
  return tellingOnes(valid()).flatMap((resource) => {
    const profile = (resource as { meta?: { profile?: string[] } }).meta?.profile?.[0]?.split('/').at(-1);
    const kind = `our-${profile ?? String(resource['resourceType'])}`.toLowerCase();
    const number = (counts.get(kind) ?? 0) + 1;
    if (number > 2 || JSON.stringify(resource).length > 9_000) return [];
    counts.set(kind, number);
    return [[`${kind}-${number}`, resource as JsonObject] as const];
  });
};

function write(file: string, lines: readonly object[]): void {
  writeFileSync(`${folder}${file}`, lines.map((line) => `${writeJson(line)}\n`).join(''));
}

write(
  'written.ndjson',
  written().map(([name, resource]) => ({ name, resource })),
);
const known = [...bases()];
const random = randomOf('corpus');
const lines = rules.flatMap((rule) => {
  const drawn = new Map<string, object>();
  const chance = random.branch(rule.name);
  for (let tries = 0; drawn.size < EACH && tries < 500; tries += 1) {
    const [base, resource] = known[chance.integer(0, known.length - 1)] ?? ['', {}];
    const name = `${base}/${rule.name}`;
    const change = drawn.has(name) ? undefined : drawnChange(rule, resource, chance);
    if (change === undefined) continue;
    // Half of what claims a profile is judged by R4 alone.
    const claims = 'meta' in resource && !JSON.stringify(change).includes('/meta') && chance.chance(0.3);
    drawn.set(name, { name, base, ...change, ...(claims && { drop: ['/meta', ...(change.drop ?? [])] }) });
  }
  return [...drawn.values()];
});
write('mutants.ndjson', lines);
console.log(`${rules.length} rules, ${known.length} bases, ${lines.length} mutants`);
