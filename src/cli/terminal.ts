import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { sentenceOf, severityOf, type Issue } from '../outcome/issue.ts';

/** Where a command writes: data to `out`, everything for people to stderr. */
export interface Terminal {
  /** One line of data, as text or as the bytes of one; resolves when there is room for the next. */
  readonly out: (line: string | Uint8Array) => Promise<void>;
  readonly say: (sentence: string) => void;
  /** Says what is wrong, each with its place. Mere information is for `validate`: in a long run it would bury the rest. */
  readonly issues: (place: string, issues: readonly Issue[]) => void;
  /** How far the work is: shown now and then, and only on a terminal or when the work is long. */
  readonly progress: (text: () => string) => void;
}

export interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly now: () => number;
}

const refreshMs = 250;
const longWorkMs = 15_000;

/** A terminal over the process's own streams. */
export function terminalOn({ stdout, stderr, now }: Streams): Terminal {
  const onTerminal = stderr.isTTY === true;
  const interval = onTerminal ? refreshMs : longWorkMs;
  let last = now();
  let shown = false;
  const say = (sentence: string): void => {
    stderr.write(`${shown ? '\r\u001b[K' : ''}${sentence}\n`);
    shown = false;
  };
  return {
    out: async (line) => {
      stdout.write(line);
      if (!stdout.write('\n')) await once(stdout, 'drain');
    },
    say,
    issues: (place, issues) => {
      for (const issue of issues) {
        if (severityOf(issue) !== 'information') say(`${place}: ${sentenceOf(issue)}`);
      }
    },
    progress: (text) => {
      if (now() - last < interval) return;
      last = now();
      if (!onTerminal) return say(text());
      stderr.write(`\r\u001b[K${text()}`);
      shown = true;
    },
  };
}

/** `1 course`, `2 courses`; a plural of its own is named. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
