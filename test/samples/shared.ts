import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `shared` beside the clone, which is no part of the project; SHARED_DIR and SAMPLES_DIR say other places. */
const shared = process.env['SHARED_DIR'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
export const samplesFolder = process.env['SAMPLES_DIR'] ?? join(shared, 'samples');

/** The JSON of a file; nothing where it is not there, which is said: the tests that need it are skipped. */
function jsonAt(path: string): unknown {
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  console.warn(`skipped what needs ${path}: it is not here`);
  return undefined;
}

export const manifest = (): unknown => jsonAt(join(samplesFolder, 'MANIFEST.json'));
export const sample = (name: string): unknown => jsonAt(join(samplesFolder, name));
export const terminology = (): unknown => jsonAt(join(shared, 'domain/terminology.json'));
