import { Option } from 'commander';
import type { Commands, Run } from './commands.ts';
import { courseIdIn } from './course-ids.ts';
import { listedStates, type ListedState } from './delivery-states.ts';
import {
  configOf,
  courseArgument,
  dataOption,
  jsonOption,
  listOf,
  type DataOptions,
  type JsonOption,
} from './options.ts';
import { withStoreIn } from './store.ts';

interface DeliveriesOptions extends DataOptions, JsonOption {
  readonly state?: readonly ListedState[];
  readonly course?: string;
}

/** The commands that print what the store holds. */
export function addListings(command: Commands, { terminal, end }: Run): void {
  command('deliveries', 'what is to be delivered, what was, and what waits for a person')
    .addOption(new Option('--state <state>', 'in which state').argParser(listOf(listedStates)))
    .option('--course <id>', "of a course, by its id here or as 'system|id'")
    .addOption(jsonOption())
    .addOption(dataOption())
    .action(async ({ state: states = [], course, json = false, data }: DeliveriesOptions) => {
      const of = { states, course: course === undefined ? undefined : courseIdIn(course), json };
      const { deliveriesCommand } = await import('./deliveries.ts');
      end(await withStoreIn(configOf({ data }), (store) => deliveriesCommand({ store, ...of }, terminal)));
    });
  command('history', 'what was submitted of a course')
    .addArgument(courseArgument())
    .addOption(jsonOption())
    .addOption(dataOption())
    .action(async (course: string, { json = false, data }: DataOptions & JsonOption) => {
      const id = courseIdIn(course);
      const { historyCommand } = await import('./history.ts');
      end(await withStoreIn(configOf({ data }), (store) => historyCommand(store, id, json, terminal)));
    });
  command('audit', 'who submitted, replayed, released, rejected and withdrew what')
    .addOption(jsonOption())
    .addOption(dataOption())
    .action(async ({ json = false, data }: DataOptions & JsonOption) => {
      const { auditCommand } = await import('./audit.ts');
      end(await withStoreIn(configOf({ data }), (store) => auditCommand(store, json, terminal)));
    });
}
