import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Config } from '../config.ts';
import { targetId } from '../course/identity.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Dispatcher } from '../exchange/dispatcher.ts';
import type { PatientPolicy } from '../exchange/situation.ts';
import type { Store } from '../exchange/store.ts';
import { fhirServer } from '../fhir-client/fhir-server.ts';
import { observed } from '../fhir-client/observed-server.ts';
import { httpApp } from '../http/app.ts';
import { prometheusMetrics } from '../http/metrics.ts';
import { isLoopback } from '../http/routes.ts';
import { usualBounds } from '../http/wiring.ts';
import { deliveringTo } from './delivering.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { listening, untilStopped } from './listening.ts';
import { serviceLog, type ServiceLog } from './log.ts';
import { storeIn } from './store.ts';

/** What `serve` is given beside the configuration. */
export interface ServeParts {
  readonly definitions: Definitions;
  readonly patients: PatientPolicy;
}

/** Serves HTTP, and delivers, until a signal ends it. */
export async function serveCommand(
  config: Config,
  parts: ServeParts,
  say: (sentence: string) => void,
): Promise<ExitCode> {
  const { fhirBaseUrl } = config;
  if (fhirBaseUrl === undefined) {
    say('serve needs a target: set FHIR_BASE_URL to the base address of a FHIR R4 server.');
    return exitCodes.usage;
  }
  if (!isLoopback(config.host) && !config.allowUnauthenticated) {
    say(
      'serve has no log-ins yet, so it listens on this machine alone. Where only trusted people reach the port, ' +
        'COURSEBRIDGE_ALLOW_UNAUTHENTICATED=yes-on-a-trusted-network lets it listen elsewhere.',
    );
    return exitCodes.usage;
  }
  const store = await storeIn(config);
  say(`coursebridge keeps its data in ${config.dataFolder}`);
  try {
    return await serveFrom(store, config, fhirBaseUrl, parts, say);
  } finally {
    await store.close();
  }
}

async function serveFrom(
  store: Store,
  { authentication, host, port, delivery }: Config,
  base: string,
  parts: ServeParts,
  say: (sentence: string) => void,
): Promise<ExitCode> {
  const log = serviceLog('info');
  const target = targetId(base);
  const measured = prometheusMetrics({ ofProcess: true });
  const server = observed(
    fhirServer({ base, authentication, timeoutMs: delivery.timeoutSeconds * 1000 }),
    (answer, seconds) => measured.targetRequest(target, answer, seconds),
  );
  const { submissions, start } = await deliveringTo({
    ...parts,
    store,
    server,
    base,
    settings: delivery,
    actor: 'http',
  });
  const stopping = new AbortController();
  // Its routes may be asked before anything is delivered, so the dispatcher begins when the port is ours.
  const begun: { dispatcher?: Dispatcher } = {};
  const app = httpApp(
    {
      ...submissions,
      server,
      wake: () => begun.dispatcher?.wake(),
      metrics: measured,
      bounds: usualBounds,
      stopping: stopping.signal,
    },
    {
      loopbackOnly: isLoopback(host),
      newRequestId: randomUUID,
      reportFault: (id, error) => log.fault(id, error),
      log: (entry) => log.request(entry),
    },
  );
  const listens = await listening(app, host, port);
  if (!listens.ok) {
    say(`serve cannot listen on ${host} port ${port}: ${listens.reason}.`);
    return exitCodes.usage;
  }
  begun.dispatcher = start({
    noted: (note) => {
      measured.attempt(target, note.ended, note.seconds);
      if (note.state !== 'waiting' && note.state !== 'in-flight') measured.delivered(target, note.state, note.age);
      log.delivery(note);
    },
    fault: (error) => log.fault(randomUUID(), error),
  });
  const name = isIPv6(host) ? `[${host}]` : host;
  say(`coursebridge serves http://${name}:${listens.port}; what it does is at /openapi.json.`);
  log.started(listens.port, [target]);
  await untilStopped(listens.http, () => stopping.abort());
  await ended(begun.dispatcher, log);
  say('coursebridge has stopped.');
  return exitCodes.good;
}

const patienceMs = 10_000;

/** What is in flight may end. What takes longer is cut off: its lease runs out, and it is looked up before it is sent again. */
async function ended(dispatcher: Dispatcher, log: ServiceLog): Promise<void> {
  const patience = AbortSignal.timeout(patienceMs);
  await Promise.race([dispatcher.stop(), once(patience, 'abort')]);
  log.stopped();
}
