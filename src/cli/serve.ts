import { randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Config } from '../config.ts';
import { fhirServer } from '../fhir-client/fhir-server.ts';
import { httpApp } from '../http/app.ts';
import { isLoopback } from '../http/routes.ts';
import type { Wiring } from '../http/wiring.ts';
import { memoryShelf } from '../http/shelf.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { faultReport } from './fault-report.ts';
import { listening, untilStopped } from './listening.ts';

/** Serves HTTP until a signal ends it. */
export async function serveCommand(
  config: Config,
  parts: Pick<Wiring, 'definitions' | 'patients'>,
  say: (sentence: string) => void,
): Promise<ExitCode> {
  const { fhirBaseUrl, authentication, host, port } = config;
  if (fhirBaseUrl === undefined) {
    say('serve needs a target: set FHIR_BASE_URL to the base address of a FHIR R4 server.');
    return exitCodes.usage;
  }
  const loopbackOnly = isLoopback(host);
  if (!loopbackOnly && !config.allowUnauthenticated) {
    say(
      'serve has no log-ins yet, so it listens on this machine alone. Where only trusted people reach the port, ' +
        'COURSEBRIDGE_ALLOW_UNAUTHENTICATED=yes-on-a-trusted-network lets it listen elsewhere.',
    );
    return exitCodes.usage;
  }
  const app = httpApp(
    {
      ...parts,
      server: fhirServer({ base: fhirBaseUrl, authentication }),
      shelf: memoryShelf(),
    },
    { loopbackOnly, newFaultId: randomUUID, reportFault: faultReport(say) },
  );
  const server = await listening(app, host, port);
  if (!server.ok) {
    say(`serve cannot listen on ${host} port ${port}: ${server.reason}.`);
    return exitCodes.usage;
  }
  const name = isIPv6(host) ? `[${host}]` : host;
  say(
    `coursebridge serves http://${name}:${server.port}; what it does is at /openapi.json. Courses are kept in memory.`,
  );
  await untilStopped(server.http);
  say('coursebridge has stopped.');
  return exitCodes.good;
}
