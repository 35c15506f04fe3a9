import { failedStates, replayDeliveries, type Replay } from '../exchange/operations.ts';
import type { DeliveryMode, DeliveryState } from '../exchange/store.ts';
import type { Claim } from '../mapping/claim.ts';
import { writingOf } from '../mapping/mapping-version.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { UsageFault } from './inputs.ts';
import { counted, type Terminal } from './terminal.ts';

/** What follows a command that leaves deliveries waiting. */
export const howItGoesOn = 'a running serve delivers it, or `coursebridge push`.';

/** Which deliveries to send again, as options. */
export interface ReplayOptions {
  readonly failed?: true;
  readonly state?: readonly DeliveryState[];
  readonly all?: true;
  readonly mapping?: true;
}

/** Every state that a delivery can be sent again from; what is superseded has a newer version behind it. */
const everyState: readonly DeliveryState[] = ['waiting', 'delivered', 'in-part', ...failedStates];

/** The one selection that the arguments name; `claim` is what the target's resources are to claim. */
export function replayOf(
  ids: readonly string[],
  { failed, state, all, mapping }: ReplayOptions,
  claim: Claim = 'off',
): Replay {
  const named: Replay[] = [
    ...(ids.length > 0 ? [{ ids }] : []),
    ...(failed === true ? [{ states: failedStates }] : []),
    ...(state === undefined ? [] : [{ states: state }]),
    ...(all === true ? [{ states: everyState }] : []),
    ...(mapping === true ? [{ mapping: writingOf(claim) }] : []),
  ];
  const [first, ...others] = named;
  if (first === undefined || others.length > 0) {
    throw new UsageFault(
      'Say what to send again: ids of deliveries, --failed, --state, --all or --mapping; one of them.',
    );
  }
  return first;
}

/** Puts deliveries back to the start and prints their ids, one a line. */
export async function replayCommand(
  which: Replay,
  mode: DeliveryMode,
  world: Parameters<typeof replayDeliveries>[2],
  terminal: Terminal,
): Promise<ExitCode> {
  const { replayed, unknown } = await replayDeliveries(which, mode, world);
  for (const id of replayed) await terminal.out(id);
  for (const id of unknown) terminal.say(`replay: ${id} is no delivery of this data folder.`);
  const all = counted(replayed.length, 'delivery', 'deliveries');
  terminal.say(replayed.length === 0 ? 'replay: nothing to send again.' : `replay: ${all} begun again: ${howItGoesOn}`);
  return unknown.length === 0 ? exitCodes.good : exitCodes.refused;
}
