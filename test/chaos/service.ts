import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../servers/background.ts';

const root = join(import.meta.dirname, '../..');

/** What is tested: the program as anyone starts it, with a folder of its own. */
export interface ServiceSettings {
  readonly fhirBaseUrl: string;
  readonly data: string;
  /** Takes what it prints. */
  readonly log: string;
  readonly env?: Readonly<Record<string, string>>;
}

export class Service {
  readonly origin: string;
  /** Seconds from each start to the first answer. */
  readonly starts: number[] = [];
  /** How it ended where nobody had ended it. */
  readonly crashes: string[] = [];
  readonly settings: ServiceSettings;
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(settings: ServiceSettings, port: number) {
    this.settings = settings;
    this.#port = port;
    this.origin = `http://127.0.0.1:${port}`;
    process.once('exit', () => this.#child?.kill('SIGKILL'));
  }

  static async of(settings: ServiceSettings): Promise<Service> {
    return new Service(settings, await freePort());
  }

  /** Resolves when it answers; starts it again where it ends by itself. */
  async start(): Promise<void> {
    const begun = performance.now();
    for (;;) {
      const child = this.#child ?? this.#spawn();
      while (child.exitCode === null && child.signalCode === null) {
        if (await this.#lives()) {
          this.starts.push((performance.now() - begun) / 1000);
          return;
        }
        await sleep(20);
      }
      if (this.crashes.length > 5) throw new Error(`the service ends by itself: ${this.crashes.join(', ')}`);
      await sleep(200);
    }
  }

  /** Ends it as a signal does; its exit code, or the signal's name, and how long that took in seconds. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ readonly code: number | string; readonly seconds: number }> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return { code: 'not running', seconds: 0 };
    const begun = performance.now();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await ended;
    return { code: child.exitCode ?? child.signalCode ?? 'unknown', seconds: (performance.now() - begun) / 1000 };
  }

  #spawn(): ChildProcess {
    const output = openSync(this.settings.log, 'a');
    const child = spawn(process.execPath, ['src/main.ts', 'serve', '--port', String(this.#port)], {
      cwd: root,
      stdio: ['ignore', output, output],
      env: {
        ...process.env,
        FHIR_BASE_URL: this.settings.fhirBaseUrl,
        COURSEBRIDGE_DATA: this.settings.data,
        INIT_CWD: root,
        // Compiling what is started hundreds of times would take more of the machine than what is tested.
        NODE_COMPILE_CACHE: `${this.settings.data}-compiled`,
        ...this.settings.env,
      },
    });
    closeSync(output);
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.crashes.push(String(code ?? signal));
    });
    this.#child = child;
    return child;
  }

  async #lives(): Promise<boolean> {
    try {
      const response = await fetch(`${this.origin}/livez`, { signal: AbortSignal.timeout(5000) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      // Nobody listens yet.
      return false;
    }
  }
}
