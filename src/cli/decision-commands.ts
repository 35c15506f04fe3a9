import { randomUUID } from 'node:crypto';
import { Argument, Option, type Command } from 'commander';
import type { SubmissionWorld } from '../exchange/submit.ts';
import type { Commands, Run } from './commands.ts';
import { courseIdIn, ownIdsIn } from './course-ids.ts';
import { deliveryStates } from './delivery-states.ts';
import {
  configOf,
  courseArgument,
  dataOption,
  definitionsOf,
  listOf,
  profilesOption,
  type DataOptions,
  type ProfilesOptions,
} from './options.ts';
import { replayOf, type ReplayOptions } from './replay.ts';
import { withStoreIn } from './store.ts';
import { knownTargets, targetsOf } from './targets.ts';

/** The commands by which a person decides what becomes of a submission, a course or a delivery. */
export function addDecisions(command: Commands, { terminal, end }: Run): void {
  command('replay', 'deliveries once more: their ids, one a line')
    .argument('[delivery...]', 'ids of deliveries')
    .option('--failed', 'all that were refused, given up, or that nobody can tell of')
    .addOption(new Option('--state <state>', 'all in a state').argParser(listOf(deliveryStates)))
    .option('--all', 'everything: the target itself is looked at')
    .option('--mapping', 'what another release wrote, or what claims other profiles')
    .option('--repair', 'look at the target itself, and not at what it told us')
    .addOption(dataOption())
    .action(async (ids: string[], options: ReplayOptions & DataOptions & { readonly repair?: true }) => {
      const config = configOf({ data: options.data });
      const which = replayOf(ownIdsIn(ids), options, config.delivery.claim);
      const { replayCommand } = await import('./replay.ts');
      const mode = options.repair === true ? 'repair' : 'changes';
      end(
        await withStoreIn(config, async (store) =>
          replayCommand(which, mode, { ...clockAndIds, store, targets: await knownTargets(store) }, terminal),
        ),
      );
    });
  for (const name of ['release', 'reject'] as const) {
    decision(command(name, descriptions[name]).argument('<submission...>', 'ids of held submissions')).action(
      async (ids: string[], options: DataOptions & ProfilesOptions) => {
        const own = ownIdsIn(ids);
        const { releaseCommand, rejectCommand } = await import('./decide.ts');
        const decide = name === 'release' ? releaseCommand : rejectCommand;
        end(await inWorld(options, (world) => decide(own, world, terminal)));
      },
    );
  }
  decision(command('withdraw', 'takes a whole course back').addArgument(new Argument('<what>').choices(['course'])))
    .addArgument(courseArgument())
    .requiredOption('--reason <text>', 'why; it is kept, and goes to the target')
    .action(
      async (_what: string, course: string, options: DataOptions & ProfilesOptions & { readonly reason: string }) => {
        const id = courseIdIn(course);
        const { withdrawCommand } = await import('./decide.ts');
        end(await inWorld(options, (world) => withdrawCommand(id, options.reason, world, terminal)));
      },
    );

  async function inWorld<T>(
    options: DataOptions & ProfilesOptions,
    decide: (world: SubmissionWorld) => Promise<T>,
  ): Promise<T> {
    const definitions = await definitionsOf(options, terminal);
    const config = configOf({ data: options.data });
    const { unaskedParts: parts, unaskedShare: share } = config.delivery;
    return withStoreIn(config, async (store) =>
      decide({ ...clockAndIds, store, definitions, targets: await targetsOf(store, config), limits: { parts, share } }),
    );
  }
}

const descriptions = {
  release: 'lets what is held come into force',
  reject: 'sets what is held aside for good',
} as const;

const decision = (command: Command): Command => command.addOption(dataOption()).addOption(profilesOption());

const clockAndIds = { actor: 'cli', now: Date.now, newId: randomUUID };
