import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import type { Commands, Run } from './commands.ts';
import { addDecisions } from './decision-commands.ts';
import { addExchange } from './exchange-commands.ts';
import { exitCodeHelp } from './exit-codes.ts';
import { helpTexts } from './help.ts';
import { addListings } from './listing-commands.ts';
import { addReference } from './reference-commands.ts';
import { addTranslations } from './translation-commands.ts';

/**
 * The command line: each command reads its arguments, calls one function, and leaves its exit code in `end`. What that
 * function needs is loaded then: to load everything takes longer than most commands do.
 */
export function commandLine(run: Run): Command {
  const program = new Command('coursebridge')
    .description('Treatment courses (ketamine with psychotherapy) to FHIR R4 and back.')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: run.help, writeErr: (text) => run.terminal.say(text.trimEnd()) })
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError('(--help says how it is used)');
  const command: Commands = (name, description) =>
    program.command(name).description(description).addHelpText('after', helpTexts[name]);
  addTranslations(command, run);
  addReference(command, run);
  addExchange(command, run);
  addListings(command, run);
  addDecisions(command, run);
  return program;
}
