import { courseIn } from '../exchange/ground.ts';
import type { Delivery, DeliveryState, KeptReceipt } from '../exchange/store.ts';
import type { Submitted } from '../exchange/submit.ts';
import { verifyCourse } from '../exchange/verify.ts';
import { deliveryJson, holdsJson, outcomeJson } from '../http/wire-json.ts';
import { writeJson } from '../json/json.ts';
import { sayDifferences } from './compare.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { hasEnded } from './outstanding.ts';
import type { PushTo } from './push.ts';
import type { SubmittedAt } from './submitting.ts';
import { counted, type Terminal } from './terminal.ts';

/** What a push says while it goes on, and at its end. */
export class PushReport {
  readonly codes = new Set<ExitCode>();
  readonly #to: PushTo;
  readonly #terminal: Terminal;
  readonly #tally = new Map<string, number>();
  #read = 0;

  constructor(to: PushTo, terminal: Terminal) {
    this.#to = to;
    this.#terminal = terminal;
  }

  /** How many courses something was said of. */
  get told(): number {
    return [...this.#tally.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Says what became of a submission; where deliveries follow from it, they say the rest. */
  async submitted({ place, submitted }: SubmittedAt): Promise<void> {
    const { id, state, submission, issues } = submitted;
    this.#read += 1;
    this.#terminal.issues(place, issues);
    if (state === 'accepted' || state === 'unchanged') return;
    this.#count(state);
    if (state === 'refused' || state === 'held') this.codes.add(exitCodes.refused);
    if (state === 'refused' || id === undefined) return;
    const named = { id, state, ...(submission !== undefined && { submission }) };
    await this.#terminal.out(writeJson({ ...named, outcome: outcomeJson(issues) }));
  }

  /** Prints the receipt of a delivery that ended, or that waits. `isNew`: it was begun, or tried, just now. */
  async ended(delivery: Delivery, place: string, isNew: boolean): Promise<void> {
    const { id, courseId, target, state, issues } = delivery;
    const { store, verify } = this.#to;
    const { receipt, text } = await store.transaction(async (tx) => {
      if (hasEnded(state)) await tx.noteTold([id]);
      return {
        receipt: await tx.receipt(target, courseId),
        text: verify && state === 'delivered' ? (await tx.version(delivery.versionSeq))?.text : undefined,
      };
    });
    this.#terminal.issues(place, issues);
    await this.#terminal.out(writeJson(receiptLine(delivery, receipt)));
    this.#count(isNew || state !== 'delivered' ? state : 'unchanged');
    this.codes.add(codes[state]);
    if (text === undefined) return;
    const verification = await verifyCourse(courseIn(text), this.#to.server, this.#to.definitions);
    this.codes.add(sayDifferences(place, verification, this.#terminal));
  }

  #count(state: string): void {
    this.#tally.set(state, (this.#tally.get(state) ?? 0) + 1);
  }

  /** The last line, and how to go on where something waits. */
  summary(targetAway: boolean): void {
    const say = (sentence: string): void => this.#terminal.say(`push: ${sentence}`);
    const count = (...states: readonly State[]): number =>
      states.reduce((sum, state) => sum + (this.#tally.get(state) ?? 0), 0);
    if (targetAway) say('the target is not available.');
    const waiting = count('waiting', 'in-flight');
    if (waiting > 0) {
      say(`what waits is kept: \`coursebridge push\` without files goes on with it, or a running serve.`);
    }
    if (count('held') > 0) say('what is held waits for a person: `coursebridge release` or `reject`.');
    if (count('refused', 'unresolved', 'given-up') > 0) {
      say('what was refused is not tried again by itself: `coursebridge deliveries` says why.');
    }
    const words = order.flatMap((state) => (count(state) === 0 ? [] : [`${count(state)} ${state}`]));
    const begin = this.#read === 0 ? 'no files' : `${counted(this.#read, 'course')} read`;
    say(`${[begin, ...(words.length === 0 ? ['nothing to deliver'] : words)].join(', ')}.`);
  }
}

type State = DeliveryState | Submitted['state'];

const order: readonly State[] = [
  'delivered',
  'in-part',
  'unchanged',
  'superseded',
  'pending',
  'held',
  'refused',
  'unresolved',
  'given-up',
  'waiting',
  'in-flight',
];

const codes: Readonly<Record<DeliveryState, ExitCode>> = {
  delivered: exitCodes.good,
  superseded: exitCodes.good,
  'in-part': exitCodes.refused,
  refused: exitCodes.refused,
  unresolved: exitCodes.refused,
  'given-up': exitCodes.unavailable,
  waiting: exitCodes.unavailable,
  'in-flight': exitCodes.unavailable,
};

/** What the target was told, and holds as far as it told us. */
function receiptLine(delivery: Delivery, receipt: KeptReceipt | undefined): object {
  return {
    id: delivery.courseId,
    state: delivery.state,
    delivery: deliveryJson(delivery),
    ...(receipt !== undefined && { holds: holdsJson(receipt) }),
  };
}
