import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { helpTexts } from './help.ts';
import type { Terminal } from './terminal.ts';

/** What the command line is run with. */
export interface Run {
  readonly terminal: Terminal;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Takes the help that was asked for. */
  readonly help: (text: string) => void;
  /** Told the exit code of the command that ran. */
  readonly end: (code: ExitCode) => void;
}

/** Begins a command, with its help. */
export type Commands = (name: keyof typeof helpTexts, description: string) => Command;
