import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The script's way to say that there is no browser, after automake's code for a skipped test. */
const NO_BROWSER = 77;

/**
 * The folder that holds these packages, installed now or before, and a chromium beside it. Undefined where there is no
 * browser and none can be installed: the script has said so on stderr.
 */
export function installed(...packages: readonly string[]): URL | undefined {
  const script = fileURLToPath(new URL('install', import.meta.url));
  const { status, stdout } = spawnSync(script, packages, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status === NO_BROWSER) return undefined;
  if (status !== 0) throw new Error(`${packages.join(' ')} could not be installed`);
  return pathToFileURL(`${stdout.trim()}/`);
}
