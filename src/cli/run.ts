import { randomUUID } from 'node:crypto';
import { CommanderError } from 'commander';
import { StoreAway, StoreFull } from '../exchange/store.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { faultReport } from './fault-report.ts';
import { UsageFault } from './inputs.ts';
import { commandLine } from './program.ts';
import { terminalOn, type Streams } from './terminal.ts';

/** Runs one command on these streams. */
export async function runCommand(
  argv: readonly string[],
  streams: Streams & { readonly stdin: AsyncIterable<Uint8Array> },
): Promise<ExitCode> {
  const terminal = terminalOn(streams);
  let code: ExitCode = exitCodes.good;
  try {
    const { stdin, stdout } = streams;
    const program = commandLine({
      terminal,
      stdin,
      help: (text) => stdout.write(text),
      end: (ended) => (code = ended),
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    const sentence = error instanceof UsageFault ? error.message : storeSentence(error);
    if (sentence !== undefined) terminal.say(sentence);
    // Help that was asked for is no wrong usage; commander has said what there is to say in either case.
    else if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.good : exitCodes.usage;
    else faultReport(terminal.say)(randomUUID(), error);
    return exitCodes.usage;
  }
}

/** Why the store cannot be used, in a sentence. */
function storeSentence(error: unknown): string | undefined {
  if (error instanceof StoreFull) return 'The disk, or the room that a setting leaves, is full: nothing more was kept.';
  return error instanceof StoreAway ? error.message : undefined;
}

/** Runs the process's own command, and leaves the exit code for when everything is written. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Whoever read our output has seen enough, as `head` has: that is no fault.
    if (code === 'EPIPE') process.exit(exitCodes.good);
    process.stderr.write(`The output cannot be written: the system says ${String(code)}.\n`);
    process.exit(exitCodes.usage);
  });
  process.stderr.on('error', () => undefined);
  process.exitCode = await runCommand(argv, {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    now: Date.now,
  });
}
