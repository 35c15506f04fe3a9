#!/usr/bin/env node
// Plain JavaScript that Node 12 can read: TypeScript and the packages below need Node 24, and an older Node would die in
// them with a syntax error that tells nobody what to do. So no optional chaining, no node: imports, no await up here.
import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { createRequire } from 'module';
import { constants } from 'os';
import { dirname, join, sep } from 'path';
import { fileURLToPath } from 'url';

const USAGE = 2;
const OLDEST = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

const node = runtime();
if (node === undefined) {
  process.stderr.write(
    `coursebridge needs Node ${OLDEST} or newer and this is ${process.versions.node}; for ${process.platform}-${process.arch} ` +
      `no packaged Node is installed, so please install one from https://nodejs.org and run this again.\n`,
  );
  process.exitCode = USAGE;
} else {
  run(node);
}

/** The Node that runs us where it is new enough, else the one that was installed with us. */
function runtime() {
  if (parseInt(process.versions.node, 10) >= OLDEST) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const resolve = createRequire(import.meta.url).resolve;
    const folder = dirname(resolve(`node-${platform}-${process.arch}/package.json`));
    const file = join(folder, 'bin', platform === 'win' ? 'node.exe' : 'node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Node runs TypeScript directly, but refuses to do so inside node_modules: an installed package has emitted code. */
function program() {
  const source = join(root, 'src', 'cli.ts');
  const installed = root.split(sep).includes('node_modules');
  return !installed && existsSync(source) ? source : join(root, 'dist', 'cli.js');
}

function run(file) {
  // What a stream of courses leaves behind is young: with half of the usual room for it a third of the memory does.
  const child = spawn(file, ['--max-semi-space-size=8', program()].concat(process.argv.slice(2)), { stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  process.on('SIGTERM', forward);
  process.on('SIGINT', () => {
    // Ctrl-C in a terminal has reached the child already, and a second one means "at once".
    if (!process.stdin.isTTY) forward('SIGINT');
  });
  child.on('error', (error) => {
    process.stderr.write(`coursebridge cannot start ${file}: ${error.message}\n`);
    process.exitCode = USAGE;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code === null ? 128 + constants.signals[signal] : code;
  });
}
