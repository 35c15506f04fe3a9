import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import { exitCodes, gravest, type ExitCode } from '../cli/exit-codes.ts';
import { faultReport } from '../cli/fault-report.ts';
import { listening, untilStopped } from '../cli/listening.ts';
import { readProfiles } from '../cli/site-profiles.ts';
import { readConfig, type Config } from '../config.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { fhirServer } from '../fhir-client/fhir-server.ts';
import { httpApp } from '../http/app.ts';
import { guard } from '../http/routes.ts';
import { prometheusMetrics } from '../http/metrics.ts';
import { usualBounds } from '../http/wiring.ts';
import { statusOf } from '../outcome/operation-outcome.ts';
import { compare, exampleTexts, send, type Compared } from './examples.ts';
import { table } from './table.ts';
import type { Way } from './way.ts';

const examples = new URL('../../profiles/examples/', import.meta.url);
const host = '127.0.0.1';
const embeddedPath = '/fhir-server';

/**
 * The demo: example courses through the service to a FHIR server and back, and a table of what came of it. It goes on
 * serving until a signal ends it, unless `once` asks for the result alone.
 */
export async function runDemo({ once }: { readonly once: boolean }): Promise<ExitCode> {
  const read = readConfig();
  if (!read.ok) return usage(read.faults.join('\n'));
  const { config } = read;
  const profiles = readProfiles(config.profiles);
  for (const note of profiles.notes) process.stderr.write(`${note}\n`);
  if (!profiles.ok) return usage(profiles.faults.join('\n'));
  const app = express();
  app.disable('x-powered-by');
  const server = await onAnyPort(app, config.port);
  if (server === undefined) return usage('No port of this machine could be had.');
  const here = `http://${host}:${server.port}`;
  const way = await mountParts(app, config, profiles.definitions, here);

  const compared: Compared[] = [];
  for (const text of exampleTexts(examples)) {
    const sent = await send(text, way);
    if (sent === undefined) return usage('An example under profiles/examples is not a course that is accepted.');
    const one = await compare(sent, way);
    compared.push(one);
    // A server that is away is away for the next one too.
    if (codeOf(one) === exitCodes.unavailable) break;
  }
  say(table(compared));
  const code = gravest(compared.map(codeOf));
  if (once) server.http.close().closeAllConnections();
  else {
    say(addresses(here, config));
    await untilStopped(server.http);
  }
  await way.dispatcher.stop();
  return code;
}

/** The service on the application, and the embedded FHIR server where no other was named. */
async function mountParts(app: Express, config: Config, definitions: Definitions, here: string): Promise<Way> {
  let base = config.fhirBaseUrl;
  if (base === undefined) {
    // Loaded here alone: a service in use has no need of it.
    const { embeddedServer } = await import('../http/embedded-server.ts');
    app.use(embeddedPath, guard(true), embeddedServer());
    base = `${here}${embeddedPath}`;
  }
  const { openWay } = await import('./way.ts');
  const server = fhirServer({ base, authentication: config.authentication });
  const fault = faultReport(say);
  const settings = config.delivery;
  const way = await openWay({ server, base, definitions, settings, fault: (error) => fault(randomUUID(), error) });
  const wake = (): void => way.dispatcher.wake();
  app.use(
    httpApp(
      { ...way.submissions, server, wake, metrics: prometheusMetrics(), bounds: { ...usualBounds, reserveBytes: 0 } },
      { loopbackOnly: true, newRequestId: randomUUID, reportFault: fault },
    ),
  );
  return way;
}

async function onAnyPort(app: Express, port: number): ReturnType<typeof listeningOrNone> {
  const wanted = await listeningOrNone(app, port);
  if (wanted !== undefined) return wanted;
  const other = await listeningOrNone(app, 0);
  if (other !== undefined) say(`Port ${port} is taken, so this is on port ${other.port}.`);
  return other;
}

async function listeningOrNone(app: Express, port: number) {
  const server = await listening(app, host, port);
  return server.ok ? server : undefined;
}

function codeOf({ differences, issues }: Compared): ExitCode {
  if (differences === undefined && statusOf(issues) >= 500) return exitCodes.unavailable;
  return differences?.length === 0 ? exitCodes.good : exitCodes.different;
}

function addresses(here: string, { fhirBaseUrl }: Config): string {
  const target = fhirBaseUrl ?? `${here}${embeddedPath}`;
  const summaries = 'Observation?code=https://w3id.org/coursebridge/CodeSystem/observation%7Ccourse-summary';
  return `
Open:
  ${here}/courses
    the courses that were submitted; add an id, then /bundle or /receipt
  ${here}/openapi.json
    what this service can do
  ${target}/metadata
    the FHIR server that they went to
  ${target}/${summaries}
    what it holds: one summary for each course
${keeps(fhirBaseUrl)}`;
}

const keeps = (fhirBaseUrl: string | undefined): string =>
  fhirBaseUrl === undefined
    ? 'Nothing is kept: when this ends (Ctrl-C), everything is gone.'
    : 'The FHIR server keeps what was sent to it. Nothing is kept here.';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function usage(sentence: string): ExitCode {
  process.stderr.write(`${sentence}\n`);
  return exitCodes.usage;
}
