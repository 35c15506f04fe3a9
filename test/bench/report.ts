/** What a bench says at its end, on the last line of stdout. A figure whose name ends in Max has an upper bound as target. */
export interface Report {
  readonly bench: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly targets: Readonly<Record<string, number>>;
  readonly unit: string;
  readonly rounds: number;
  /** The largest spread of a figure over the rounds: the difference of its extremes, over its median. */
  readonly spread: number;
}

/** Whether the bench was asked to end within 40 s. */
export const quick = process.argv.includes('--quick');

/** Tells whoever waits how far the bench is. */
export const progress = (text: string): void => void process.stderr.write(`${text}\n`);

/** The figures of a bench over its rounds. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** Ends a bench: the medians of its rounds beside the targets. A bench reports, it never fails. */
export function report(bench: string, unit: string, samples: Samples, targets: Readonly<Record<string, number>>): void {
  const figures = Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, rounded(median(values))]));
  const lists = Object.values(samples);
  const rounds = Math.max(...lists.map((values) => values.length));
  const spread = rounded(Math.max(...lists.map(spreadOf)));
  const said: Report = { bench, figures, targets, unit, rounds, spread };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

export const spreadOf = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / median(values);

/** Three digits are more than a run on a busy machine knows. */
const rounded = (value: number): number => Number(value.toPrecision(3));
