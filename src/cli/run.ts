import { CommanderError } from 'commander';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { faultReport } from './fault-report.ts';
import { UsageFault } from './inputs.ts';
import { commandLine } from './program.ts';
import { terminalOn } from './terminal.ts';

/** Runs the command line on the process's own streams, and leaves the exit code for when all is written. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  // Whoever read our output has seen enough, as `head` has: that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? 0 : exitCodes.usage),
  );
  process.stderr.on('error', () => undefined);
  const terminal = terminalOn({ stdout: process.stdout, stderr: process.stderr, now: Date.now });
  let code: ExitCode = exitCodes.good;
  try {
    const program = commandLine({ terminal, stdin: process.stdin, end: (ended) => (code = ended) });
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    code = exitCodes.usage;
    if (error instanceof UsageFault) terminal.say(error.message);
    // Help that was asked for is no wrong usage; commander has said what there is to say in either case.
    else if (error instanceof CommanderError) code = error.exitCode === 0 ? exitCodes.good : exitCodes.usage;
    else faultReport(terminal.say)(crypto.randomUUID(), error);
  }
  process.exitCode = code;
}
