import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assess } from './assess.ts';
import type { ServerKind } from './durable-server.ts';
import { naiveTrial } from './naive-trial.ts';
import { tablesOf, type Run } from './table.ts';
import { trial } from './trial.ts';
import { writeTables } from './written-tables.ts';

// npm run chaos -- --server hapi --server helios --courses 2000 --kills 500 --hits 100
const { values } = parseArgs({
  options: {
    server: { type: 'string', multiple: true, default: ['hapi', 'helios'] },
    courses: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '500' },
    hits: { type: 'string', default: '105' },
    versions: { type: 'string', default: '40' },
    naive: { type: 'string', default: '200' },
    planted: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    longest: { type: 'string', default: '60' },
    rate: { type: 'string', default: '0.35' },
    folder: { type: 'string', default: join(tmpdir(), 'coursebridge-chaos') },
    write: { type: 'boolean', default: false },
  },
});

// What it started goes with it.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const seed = Number(values.seed);
const rates = { writes: Number(values.rate), reads: Number(values.rate) / 2 };
const runs: Run[] = [];
for (const kind of values.server as ServerKind[]) {
  const folder = join(values.folder, kind);
  mkdirSync(folder, { recursive: true });
  const tried = await trial({
    kind,
    folder,
    seed,
    courses: Number(values.courses),
    versions: Number(values.versions),
    kills: Number(values.kills),
    hits: Number(values.hits),
    rates,
    restarts: [
      { after: 0.3, signal: 'SIGKILL' },
      { after: 0.5, signal: 'SIGTERM' },
      { after: 0.7, signal: 'SIGKILL' },
    ],
    longest: Number(values.longest),
    quietSeconds: 600,
    say,
  });
  const result = await assess(tried, Number(values.planted), folder);
  await tried.service.end('SIGTERM');
  const naive = await naiveTrial(tried.server, { seed, courses: Number(values.naive), rates, folder });
  await tried.proxy.stop();
  await tried.server.stop();
  runs.push({ result, naive });
  writeFileSync(join(folder, 'result.json'), JSON.stringify({ result, naive }, null, 1));
}
process.stdout.write(`${tablesOf(runs)}\n`);
if (values.write) {
  const said = process.argv.slice(2).filter((word) => word !== '--write');
  const command = ['npm run chaos', ...(said.length > 0 ? ['--', ...said] : [])].join(' ');
  await writeTables(
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} processors.\n\n${tablesOf(runs)}`,
  );
}
