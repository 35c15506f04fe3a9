import { setTimeout as sleep } from 'node:timers/promises';
import { randomOf, type Random } from '../../src/synthetic/random.ts';
import { versionsOf, type CourseVersion } from './course-versions.ts';
import type { Population } from './marked-course.ts';
import { submitLines, submitOne, type Setbacks } from './submit.ts';
import { SubmissionLog } from './submission-log.ts';

/** What a process of senders is told at its start. */
export interface SendingPlan {
  readonly service: string;
  readonly population: Population;
  /** The courses of this process: from, and not including, to. */
  readonly from: number;
  readonly to: number;
  /** How many send at once. */
  readonly senders: number;
  readonly log: string;
  /** Nothing of a course is sent after this version. */
  readonly versions: number;
}

export type ToSender = { readonly go: boolean } | { readonly finish: true };

/** How far they are; sent once a second. */
export interface Progress extends Setbacks {
  /** Courses of which something was sent. */
  readonly begun: number;
  /** Courses of which nothing more will be sent. */
  readonly over: number;
  readonly acknowledged: number;
  readonly refused: number;
}

/**
 * Sends the courses of a plan, and later versions of them, each until it is acknowledged: one by one, as lines, as
 * partials, now and then in the wrong order. It waits where it is told to, and ends when it is told to finish, once
 * every course was begun.
 */
class Senders {
  go = true;
  finishing = false;
  readonly setbacks: Setbacks = { unreachable: 0, busy: 0, faulty: 0 };
  acknowledged = 0;
  refused = 0;
  readonly #plan: SendingPlan;
  readonly #log: SubmissionLog;
  #next: number;
  /** Courses of which something was sent, and nothing is being sent. */
  readonly #begun: { readonly index: number; readonly versions: Generator<CourseVersion, never> }[] = [];

  constructor(plan: SendingPlan) {
    this.#plan = plan;
    this.#log = new SubmissionLog(plan.log);
    this.#next = plan.from;
  }

  get begun(): number {
    return this.#next - this.#plan.from;
  }

  get over(): number {
    return this.#sent
      .values()
      .filter((number) => number >= this.#plan.versions - 1)
      .toArray().length;
  }

  async send(): Promise<void> {
    const random = randomOf(`${this.#plan.population.seed}/senders/${this.#plan.from}`);
    const all = Array.from({ length: this.#plan.senders }, (_, number) => this.#work(random.branch(number)));
    await Promise.all(all);
    this.#log.close();
  }

  async #work(random: Random): Promise<void> {
    for (;;) {
      while (!this.go && !this.finishing) await sleep(20);
      const taken = this.#take(random.chance(0.3) ? random.integer(2, 8) : 1, random);
      if (taken.length === 0) {
        if (this.finishing && this.#next >= this.#plan.to) return;
        await sleep(20);
        continue;
      }
      // A later version now and then arrives before the one that it follows.
      const [first] = taken;
      const ahead = taken.length === 1 && first !== undefined && random.chance(0.1) && this.#canGoOn(first);
      const versions = taken.map((course) => course.versions.next().value);
      if (ahead) versions.unshift(first.versions.next().value);
      await this.#submit(versions, random);
      this.#begun.push(...taken.filter((course) => this.#canGoOn(course)));
    }
  }

  readonly #sent = new Map<number, number>();
  #canGoOn({ index }: { readonly index: number }): boolean {
    return (this.#sent.get(index) ?? 0) < this.#plan.versions - 1;
  }

  #take(
    count: number,
    random: Random,
  ): { readonly index: number; readonly versions: Generator<CourseVersion, never> }[] {
    return Array.from({ length: count }).flatMap(() => {
      const fresh = this.#next < this.#plan.to && (this.finishing || this.#begun.length === 0 || random.chance(0.4));
      if (fresh) {
        const index = this.#next++;
        return [{ index, versions: versionsOf(this.#plan.population, index) }];
      }
      if (this.finishing || this.#begun.length === 0) return [];
      return this.#begun.splice(random.integer(0, this.#begun.length - 1), 1);
    });
  }

  async #submit(versions: readonly CourseVersion[], random: Random): Promise<void> {
    for (const { index, number } of versions) this.#sent.set(index, Math.max(number, this.#sent.get(index) ?? 0));
    const snapshots = versions.filter(({ kind }) => kind === 'snapshot');
    const lines = snapshots.length > 1 && new Set(snapshots.map(({ index }) => index)).size === snapshots.length;
    const singly = lines ? versions.filter(({ kind }) => kind === 'partial') : versions;
    if (lines) await submitLines(this.#plan.service, snapshots, (told) => this.#note(told), this.setbacks);
    for (const version of singly) this.#note([await submitOne(this.#plan.service, version, random, this.setbacks)]);
  }

  #note(told: Parameters<SubmissionLog['write']>[0]): void {
    this.#log.write(told);
    const refused = told.filter(({ state }) => state === 'refused').length;
    this.refused += refused;
    this.acknowledged += told.length - refused;
  }
}

const senders = new Senders(JSON.parse(process.argv[2] ?? '{}') as SendingPlan);
process.on('message', (message: ToSender) => {
  if ('finish' in message) senders.finishing = true;
  else senders.go = message.go;
});
const tell = (): void => {
  const { begun, over, acknowledged, refused, setbacks } = senders;
  process.send?.({ begun, over, acknowledged, refused, ...setbacks } satisfies Progress);
};
const telling = setInterval(tell, 500);
await senders.send();
clearInterval(telling);
tell();
process.disconnect();
