import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What a sender was told about one version of a course. */
export interface Told {
  readonly index: number;
  readonly number: number;
  /** How it was taken: `accepted`, `unchanged`, `superseded`, `held`, `pending`; or `refused`. */
  readonly state: string;
  /** Of a refusal. */
  readonly status?: number;
  readonly text?: string;
}

/** A log of the sender's own, on disk before the next thing is sent: what stands in it was acknowledged, whoever dies. */
export class SubmissionLog {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  write(all: readonly Told[]): void {
    if (all.length === 0) return;
    writeSync(this.#file, all.map((told) => `${JSON.stringify(told)}\n`).join(''));
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Every line of these logs. */
export const toldIn = (paths: readonly string[]): Told[] =>
  paths.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Told),
  );

/** Of each course the newest version that was acknowledged. */
export function newestAcknowledged(told: readonly Told[]): Map<number, number> {
  const newest = new Map<number, number>();
  for (const { index, number, state } of told) {
    if (state !== 'refused') newest.set(index, Math.max(number, newest.get(index) ?? 0));
  }
  return newest;
}
