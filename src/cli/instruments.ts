import type { Definitions } from '../definitions/definitions.ts';
import type { Instrument, Score } from '../definitions/instrument.ts';
import { writeJson } from '../json/json.ts';
import { columns } from './columns.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { rangeOf, type Range } from '../definitions/score-range.ts';
import type { Terminal } from './terminal.ts';

/** Prints the instruments whose answers are understood: each with its scores below it, or as one JSON list. */
export async function instrumentsCommand(
  asJson: boolean,
  { instruments }: Definitions,
  terminal: Terminal,
): Promise<ExitCode> {
  await terminal.out(asJson ? writeJson(instruments.map(described), 2) : listed(instruments).join('\n'));
  return exitCodes.good;
}

/** An instrument as `--json` gives it; what is not known is absent. */
function described(instrument: Instrument): object {
  const { key, url, version, title, items, scores, wording } = instrument;
  return {
    key,
    url,
    version,
    title,
    items: items.size,
    wording,
    scores: scores.map((score) => ({
      key: score.key,
      linkId: score.linkId,
      range: rangeOf(score, instrument),
      bands: score.bands.map(({ min, max, coding }) => ({ code: coding.code, min, max })),
    })),
  };
}

const header = ['key', 'version', 'items', 'wording', 'title'];

function listed(instruments: readonly Instrument[]): string[] {
  const rows = instruments.map(({ key, version, items, wording, title }) => [
    key,
    version,
    String(items.size),
    wording === undefined ? '-' : wording ? 'yes' : 'no',
    title,
  ]);
  const [first = '', ...lines] = columns([header, ...rows]);
  const scores = instruments.map((instrument) => columns(instrument.scores.map((score) => told(score, instrument))));
  return [first, ...lines.flatMap((line, index) => [line, ...(scores[index] ?? [])])];
}

function told(score: Score, instrument: Instrument): string[] {
  const range = rangeOf(score, instrument);
  const bands = score.bands.map((band) => `${band.coding.code} ${between(band)}`);
  return [`  ${score.key}`, range === undefined ? 'as stated' : between(range), bands.join(', ')];
}

const between = ({ min, max }: Range): string => `${min} to ${max}`;
