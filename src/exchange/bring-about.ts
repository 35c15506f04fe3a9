import type { Prepared } from './aims.ts';
import type { CourseDelivery, DeliveryWorld } from './deliver-course.ts';
import type { Ending } from './delivery-outcome.ts';
import { firstLook } from './first-look.ts';
import { noteImpossible } from './impossible.ts';
import { isDone } from './ledger.ts';
import { approachTo } from './lessons.ts';
import { askingAgain } from './asking-again.ts';
import type { Answer, Capabilities } from './ports.ts';
import { isIdempotent, Rounds } from './rounds.ts';

/** Brings about what is wanted: what a receipt tells is believed, everything else is looked at before it is written. */
export async function bringAbout(
  delivery: CourseDelivery,
  prepared: Prepared,
  outside: DeliveryWorld,
  capabilities: () => Promise<Answer<Capabilities>>,
): Promise<Ending> {
  const world = { ...outside, server: askingAgain(outside.server) };
  const { wanted, ledger, unsure } = prepared;
  // A repair tries again what the target could not hold.
  if (delivery.mode !== 'repair') noteImpossible(prepared, world.knowledge.read().coverage.notHeld);
  const isSettled = ({ mapped: { uuid } }: (typeof wanted)[number]): boolean => ledger.impossible.has(uuid);
  if (unsure.length === 0 && wanted.every((one) => isSettled(one) || isDone(one, ledger))) {
    return { kind: 'done', issues: [] };
  }
  const capable = await capabilities();
  if (capable.kind !== 'accepted') return { kind: 'failed', failure: capable };
  const approach = approachTo(world.knowledge.read(), world.now());
  const early = tooEarly(delivery, world);
  if (early !== undefined && (!isIdempotent(approach) || mayOverwrite(delivery, prepared))) return early;
  const first = await firstLook(delivery, prepared, world, approach);
  if (first.kind !== 'clear') return first;
  return new Rounds({ delivery, prepared, world, first, approach, early }).run();
}

/** Whether an earlier attempt's lost request could still arrive, and write something else over what is written now. */
function mayOverwrite({ versionSeq, attempted = [] }: CourseDelivery, { ledger }: Prepared): boolean {
  const isOther = (seq: number): boolean => seq !== versionSeq;
  const rows = [...ledger.rows.values()];
  return attempted.some(isOther) || rows.some(({ state, since }) => state === 'unknown' && isOther(since));
}

/** That a request which was lost may still be under way; undefined where none can. */
function tooEarly({ openSince }: CourseDelivery, { settleSeconds, now }: DeliveryWorld): Ending | undefined {
  if (openSince === undefined) return undefined;
  const seconds = Math.ceil(openSince / 1000 + settleSeconds - now() / 1000);
  // A clock that was put back must not keep anybody waiting for longer than that.
  return seconds > 0 ? { kind: 'too-early', seconds: Math.min(seconds, settleSeconds) } : undefined;
}
