import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/synthetic/random.ts';
import type { Service } from './service.ts';
import type { Traffic } from './traffic.ts';

/** What was killed. */
export interface Kills {
  /** With a write in flight. */
  readonly inFlight: number;
  readonly total: number;
}

/** Kills the service with writes in flight, and starts it at once again, for as long as it is asked to. */
export class Killer {
  inFlight = 0;
  total = 0;
  readonly #service: Service;
  readonly #traffic: Traffic;
  readonly #random: Random;

  constructor(service: Service, traffic: Traffic, random: Random) {
    this.#service = service;
    this.#traffic = traffic;
    this.#random = random;
  }

  async killWhile(wanted: () => boolean): Promise<void> {
    while (wanted()) {
      // Some die at their first write, others get something done.
      if (!(await this.#untilWriting(this.#random.pick([1, 1, 1, 2, 3, 5, 8, 13]), wanted))) continue;
      this.total += 1;
      if (this.#traffic.writesInFlight > 0) this.inFlight += 1;
      await this.#service.end('SIGKILL');
      this.#traffic.clientKilled();
      await this.#service.start();
    }
  }

  /** Whether a write is in flight now, some milliseconds after so many arrived, or as many as came in five seconds. */
  async #untilWriting(count: number, wanted: () => boolean): Promise<boolean> {
    const begun = Date.now();
    for (let arrived = 0; wanted();) {
      const came = await Promise.race([this.#traffic.nextWrite().then(() => true), sleep(1000, false)]);
      if (!came) continue;
      arrived += 1;
      if (arrived < count && Date.now() - begun < 5000) continue;
      await sleep(this.#random.pick([0, 0, 1, 3, 10, 30, 60, 100]));
      if (this.#traffic.writesInFlight > 0) return true;
    }
    return false;
  }
}
