import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Population } from './marked-course.ts';
import type { Progress, SendingPlan, ToSender } from './sender.ts';

/** Senders in processes of their own. */
export class Sending {
  readonly logs: readonly string[];
  readonly #children: readonly ChildProcess[];
  readonly #progress: Progress[];
  readonly #ended: Promise<unknown>;

  constructor(of: {
    readonly service: string;
    readonly population: Population;
    readonly courses: number;
    readonly versions: number;
    readonly folder: string;
    readonly processes: number;
    readonly senders: number;
  }) {
    const { processes, courses, folder, ...rest } = of;
    const each = Math.ceil(courses / processes);
    const plans: SendingPlan[] = Array.from({ length: processes }, (_, number) => ({
      ...rest,
      from: number * each,
      to: Math.min(courses, (number + 1) * each),
      log: join(folder, `sender-${number}.log`),
    }));
    this.logs = plans.map(({ log }) => log);
    this.#progress = plans.map(() => ({
      begun: 0,
      over: 0,
      acknowledged: 0,
      refused: 0,
      unreachable: 0,
      busy: 0,
      faulty: 0,
    }));
    this.#children = plans.map((plan) => fork(join(import.meta.dirname, 'sender.ts'), [JSON.stringify(plan)]));
    process.once('exit', () => this.#children.forEach((child) => child.kill('SIGKILL')));
    for (const [number, child] of this.#children.entries()) {
      child.on('message', (message: Progress) => (this.#progress[number] = message));
    }
    this.#ended = Promise.all(
      this.#children.map(
        (child) =>
          new Promise<void>((resolve, reject) => {
            child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a sender ended with ${code}`))));
          }),
      ),
    );
    this.#ended.catch(() => undefined);
  }

  get progress(): Progress {
    const sum = (name: keyof Progress): number => this.#progress.reduce((total, one) => total + one[name], 0);
    return {
      begun: sum('begun'),
      over: sum('over'),
      acknowledged: sum('acknowledged'),
      refused: sum('refused'),
      unreachable: sum('unreachable'),
      busy: sum('busy'),
      faulty: sum('faulty'),
    };
  }

  tell(message: ToSender): void {
    for (const child of this.#children) if (child.connected) child.send(message);
  }

  /** Resolves when everything that was begun is acknowledged. */
  async finish(): Promise<void> {
    this.tell({ finish: true });
    await this.#ended;
  }
}
