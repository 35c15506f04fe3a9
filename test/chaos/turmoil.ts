import { setTimeout as sleep } from 'node:timers/promises';
import type { DurableServer } from './durable-server.ts';
import { faultKinds } from './faults.ts';
import type { Killer } from './killer.ts';
import type { Proxy } from './proxy.ts';
import type { Sending } from './sending.ts';
import type { Service } from './service.ts';
import { standingOf, waitingIn } from './standing.ts';
import { faultsOf } from './traffic.ts';
import type { TrialSettings } from './trial.ts';

interface Parts {
  readonly server: DurableServer;
  readonly proxy: Proxy;
  readonly service: Service;
  readonly sending: Sending;
  readonly killer: Killer;
}

/** How often the service and the server were ended in other ways than by the killer. */
export interface Ends {
  readonly restarts: { readonly signal: string; readonly seconds: number }[];
  readonly gracefulStops: { readonly code: number | string; readonly seconds: number }[];
}

/** So many deliveries may wait before senders are held back: versions are to arrive, not only to supersede each other. */
const mostWaiting = 60;

/** The time of faults and kills: it lasts until every goal is reached, nothing is left to send, or it takes too long. */
export class Turmoil {
  readonly #settings: TrialSettings;
  readonly #parts: Parts;
  readonly #ends: Ends = { restarts: [], gracefulStops: [] };
  readonly #begun = Date.now();
  #exhausted = false;

  constructor(settings: TrialSettings, parts: Parts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  async run(): Promise<Ends> {
    await Promise.all([this.#pace(), this.#restartServer(), this.#kill()]);
    this.#parts.sending.tell({ go: true });
    return this.#ends;
  }

  get #wanted(): boolean {
    const { kills, hits, courses, longest } = this.#settings;
    if (this.#exhausted || Date.now() - this.#begun > longest * 60_000) return false;
    return this.#kills < kills || this.#leastHits < hits || this.#parts.sending.progress.begun < courses;
  }

  /** Every course meets faults, also where there was no time for all before; unless even that takes as long again. */
  get #moreToSend(): boolean {
    const { courses, longest } = this.#settings;
    return this.#parts.sending.progress.begun < courses && Date.now() - this.#begun < 2 * longest * 60_000;
  }

  get #kills(): number {
    return this.#parts.killer.inFlight;
  }

  get #leastHits(): number {
    const { writes } = this.#parts.proxy.traffic.hits;
    return Math.min(...faultKinds.map((kind) => writes.get(kind) ?? 0));
  }

  /** Lets senders go on where little waits, or nothing moves: what waits for its next attempt keeps nobody busy. */
  async #pace(): Promise<void> {
    const { proxy, service, sending } = this.#parts;
    let [said, writes] = [0, 0];
    while (this.#wanted || this.#moreToSend) {
      const standing = await standingOf(service.origin);
      const idle = proxy.traffic.requests.writes === writes && proxy.traffic.writesInFlight === 0;
      writes = proxy.traffic.requests.writes;
      const waiting = standing === undefined ? undefined : waitingIn(standing);
      const most = Math.min(mostWaiting, this.#settings.courses / 2);
      if (waiting !== undefined) sending.tell({ go: waiting < most || (idle && waiting < 2 * most) });
      this.#exhausted = waiting === 0 && sending.progress.over >= this.#settings.courses;
      if (Date.now() - said > 15_000) {
        said = Date.now();
        this.#say(`${JSON.stringify(sending.progress)} ${JSON.stringify(standing)}`);
      }
      await sleep(500);
    }
  }

  async #restartServer(): Promise<void> {
    const { server } = this.#parts;
    for (const { after, signal } of this.#settings.restarts) {
      while (this.#wanted && this.#kills < after * this.#settings.kills) await sleep(200);
      const seconds = await server.restart(signal);
      this.#ends.restarts.push({ signal, seconds });
      this.#say(`the server was ended by ${signal}, and is back after ${seconds.toFixed(1)} s`);
    }
  }

  async #kill(): Promise<void> {
    const { killer, service } = this.#parts;
    const { kills } = this.#settings;
    await killer.killWhile(() => this.#wanted && this.#kills < kills / 2);
    this.#ends.gracefulStops.push(await service.end('SIGTERM'));
    await service.start();
    await killer.killWhile(() => this.#wanted && this.#kills < kills);
  }

  #say(what: string): void {
    const { writes } = this.#parts.proxy.traffic.hits;
    const seconds = Math.round((Date.now() - this.#begun) / 1000);
    this.#settings.say(
      `${this.#settings.kind} ${seconds} s: ${this.#kills} kills, ${faultsOf(writes)} faults of writes (${this.#leastHits} each at least); ${what}`,
    );
  }
}
