import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageFault } from './inputs.ts';

/** A file that takes lines; where none was asked for, one that takes them nowhere. */
export interface OutcomeFile {
  readonly line: (text: string) => void;
  readonly close: () => void;
}

/** Opens the file at once: one that cannot be written is better known before the work than after. */
export function openOutcomeFile(name: string | undefined, callerFolder: string): OutcomeFile {
  if (name === undefined) return { line: () => undefined, close: () => undefined };
  const file = opened(resolve(callerFolder, name));
  if (file === undefined) throw new UsageFault(`${name}: this file cannot be written.`);
  return { line: (text) => void writeSync(file, `${text}\n`), close: () => closeSync(file) };
}

function opened(path: string): number | undefined {
  try {
    // What it says is about patients: for its owner alone.
    return openSync(path, 'w', 0o600);
  } catch {
    return undefined;
  }
}
