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
      // Some die while they still read what the last one left.
      await sleep(this.#random.integer(0, 700));
      if (!(await this.#untilWriting(wanted))) continue;
      this.total += 1;
      if (this.#traffic.writesInFlight > 0) this.inFlight += 1;
      await this.#service.end('SIGKILL');
      await this.#service.start();
    }
  }

  /** Whether a write is in flight now, some milliseconds after it arrived. */
  async #untilWriting(wanted: () => boolean): Promise<boolean> {
    while (wanted()) {
      const arrived = await Promise.race([this.#traffic.nextWrite().then(() => true), sleep(1000, false)]);
      if (!arrived) continue;
      await sleep(this.#random.pick([0, 0, 1, 3, 10, 30, 60, 100]));
      if (this.#traffic.writesInFlight > 0) return true;
    }
    return false;
  }
}
