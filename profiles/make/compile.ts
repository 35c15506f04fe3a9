import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listedInGuide, type Artefact } from './artefacts.ts';
import { undefinedIn } from './faults.ts';

/**
 * FSH -> StructureDefinitions with snapshots: SUSHI, without a network, on R4's own definitions. The same sources give
 * the same bytes. What SUSHI warns of counts as a fault too: nothing half understood is published.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = join(root, 'profiles/fsh');
const sushi = createRequire(import.meta.url).resolve('fsh-sushi/dist/app.js');
const sushiVersion = '3.21.0';

/**
 * The StructureDefinitions by file name, of `profiles/fsh` and of further FSH. Throws with SUSHI's own words, which name
 * the artefact or its line.
 */
export function compiled(further = ''): ReadonlyMap<string, string> {
  const scratch = mkdtempSync(join(tmpdir(), 'coursebridge-sushi-'));
  try {
    runSushi(scratch, further);
    const made = join(scratch, 'guide/fsh-generated/resources');
    const artefacts = readdirSync(made).map((file) => JSON.parse(readFileSync(join(made, file), 'utf8')) as Artefact);
    const others = listedInGuide().filter(({ artefact }) => artefact.resourceType !== 'StructureDefinition');
    const unknown = undefinedIn(artefacts, [...others.map(({ artefact }) => artefact), ...artefacts]);
    if (unknown.length > 0) throw new Error(unknown.join('\n'));
    return new Map(artefacts.map((artefact) => [`${artefact.id}.json`, `${JSON.stringify(artefact, null, 2)}\n`]));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function runSushi(scratch: string, further: string): void {
  const guide = join(scratch, 'guide');
  mkdirSync(join(guide, 'input'), { recursive: true });
  cpSync(sources, join(guide, 'input/fsh'), { recursive: true });
  writeFileSync(join(guide, 'input/fsh/further.fsh'), further);
  renameSync(join(guide, 'input/fsh/sushi-config.yaml'), join(guide, 'sushi-config.yaml'));
  mkdirSync(join(scratch, 'home/.fhir'), { recursive: true });
  symlinkSync(pureR4(), join(scratch, 'home/.fhir/packages'));
  const { stdout, stderr, error } = spawnSync(process.execPath, [sushi, 'build', guide, '--snapshot'], {
    encoding: 'utf8',
    env: {
      HOME: join(scratch, 'home'),
      PATH: `${quietNpm(scratch)}:${process.env['PATH']}`,
      // SUSHI would fetch packages that it takes for useful, in whatever version is the latest.
      HTTP_PROXY: nowhere,
      HTTPS_PROXY: nowhere,
    },
  });
  if (error !== undefined) throw error;
  const faults = `${stdout}${stderr}`.split(/^(?=(?:error|warn|info) )/m).filter(isFault);
  if (faults.length > 0) throw new Error(faults.join(''));
  if (!existsSync(join(guide, 'fsh-generated/resources'))) throw new Error(`SUSHI made nothing:\n${stdout}${stderr}`);
}

const nowhere = 'http://127.0.0.1:9';

// The packages that SUSHI would have liked to fetch are not needed.
const isFault = (line: string): boolean =>
  /^(error|warn) /.test(line) && !/Failed to load automatically-provided/.test(line);

/** A folder with an `npm` that says at once what SUSHI asks npm for: its newest version. It waits ten seconds otherwise. */
function quietNpm(scratch: string): string {
  const folder = join(scratch, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\necho ${sushiVersion}\n`);
  chmodSync(join(folder, 'npm'), 0o755);
  return folder;
}

/** R4's own definitions as a package, laid out once by the judge. */
function pureR4(): string {
  const cache = process.env['COURSEBRIDGE_TEST_CACHE'] ?? join(homedir(), '.cache/coursebridge-test');
  const folder = join(cache, 'r4-core');
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const laying = mkdtempSync(join(cache, 'r4-core.'));
  const { status } = spawnSync(join(root, 'test/conformance/judge/judge'), ['--core', laying], { stdio: 'inherit' });
  if (status !== 0) throw new Error("R4's definitions could not be laid out");
  // In one step, so that a run that was cut off leaves nothing that looks whole.
  if (!existsSync(folder)) renameSync(laying, folder);
  return folder;
}

/** Where the compiled artefacts lie. */
export const compiledFolder = join(root, 'profiles/structuredefinitions');

function write(): void {
  const artefacts = compiled();
  mkdirSync(compiledFolder, { recursive: true });
  for (const file of readdirSync(compiledFolder)) if (!artefacts.has(file)) rmSync(join(compiledFolder, file));
  for (const [file, text] of artefacts) writeFileSync(join(compiledFolder, file), text);
  console.log(`${artefacts.size} artefacts in ${basename(compiledFolder)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    write();
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 1;
  }
}
