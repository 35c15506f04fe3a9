import { spawnSync } from 'node:child_process';
import manifest from '../../package.json' with { type: 'json' };
import type { Report } from './report.ts';

/** Runs every bench, `bench:<name>` in package.json, one after the other, and prints their figures as one table. */

const benches = Object.keys(manifest.scripts).filter((name) => name.startsWith('bench:'));

function run(bench: string): Report | undefined {
  const { stdout } = spawnSync('npm', ['run', '--silent', bench, '--', ...process.argv.slice(2)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return last.startsWith('{') ? (JSON.parse(last) as Report) : undefined;
}

function rowsOf(bench: string, said: Report | undefined): string[][] {
  if (said === undefined) return [[bench, 'ended without figures', '', '', '']];
  return Object.entries(said.figures).map(([name, figure]) => {
    const target = said.targets[name];
    const isMax = name.endsWith('Max');
    const good = target === undefined || (isMax ? figure <= target : figure >= target);
    const bound = target === undefined ? '' : `${isMax ? '≤' : '≥'} ${target}`;
    return [said.bench, name, String(figure), bound, good ? '' : 'missed'];
  });
}

const rows = [
  ['bench', 'figure', 'median', 'target', ''],
  ...benches.map((bench) => [bench, run(bench)] as const).flatMap(([bench, said]) => rowsOf(bench, said)),
];
const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows) {
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
