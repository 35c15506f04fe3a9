import type { Store } from '../exchange/store.ts';
import { writeJson } from '../json/json.ts';
import { lineOf, timeText } from './columns.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { listed } from './store.ts';
import { counted, type Terminal } from './terminal.ts';

const widths = [20, 8, 9];

/** Who did what, when, and to which of our ids; the oldest first. */
export async function auditCommand(store: Store, json: boolean, terminal: Terminal): Promise<ExitCode> {
  let entries = 0;
  if (!json) await terminal.out(lineOf(['when', 'by', 'action', 'what'], widths));
  for await (const { seq, at, actor, action, subject } of listed(store, (tx, page) => tx.auditTrail(page), nameOf)) {
    const line = json
      ? writeJson({ entry: seq, at: timeText(at), actor, action, subject })
      : lineOf([timeText(at), actor, action, subject], widths);
    await terminal.out(line);
    entries += 1;
  }
  terminal.say(`audit: ${counted(entries, 'entry', 'entries')}.`);
  return exitCodes.good;
}

const nameOf = ({ seq }: { readonly seq: number }): number => seq;
