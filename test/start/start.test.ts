import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { compare, exampleTexts, send } from '../../src/main/examples.ts';
import { table } from '../../src/main/table.ts';
import { openWay } from '../../src/main/way.ts';
import { runProcess } from '../cli/command-line.ts';
import { fhir } from '../http/service.ts';

// Real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });
const root = new URL('../../', import.meta.url);
const texts = exampleTexts(new URL('profiles/examples/', root));

test('the demo sends every example and reads it back equal, without a warning', async () => {
  const { code, out, err } = await runProcess('src/main.ts', ['--once'], { environment: { PORT: '0' } });
  expect([code, err]).toEqual([0, []]);
  expect(out[0]).toMatch(/^programme +course +sessions +resources sent +read back$/);
  expect(out).toHaveLength(1 + texts.length);
  expect(readFileSync(new URL('README.md', root), 'utf8'), 'the table in README.md').toContain(out.join('\n'));
  for (const line of out.slice(1)) expect(line).toMatch(/^[-\w]+ +\S+ +\d+ +[1-9]\d* +equal$/);
});

test('a taken port gives a sentence and another port; the addresses answer; a signal ends it', async () => {
  const taken = createServer();
  await new Promise<void>((ready) => {
    taken.listen(0, '127.0.0.1', ready);
  });
  onTestFinished(() => void taken.close());
  const port = Object(taken.address()) as { port: number };
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: String(port.port), FHIR_BASE_URL: '' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  await new Promise<void>((ready) => {
    const collect = (chunk: Buffer): void => {
      text += chunk.toString();
      if (text.includes('Nothing is kept')) ready();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('exit', () => ready());
  });
  expect(text).toMatch(new RegExp(`^Port ${port.port} is taken, so this is on port \\d+\\.\n`));
  const addresses = text.match(/http:\/\/127\.0\.0\.1:\d+\/\S+/g) ?? [];
  expect(addresses).toHaveLength(4);
  for (const address of addresses) {
    const response = await fetch(address);
    expect([response.status, address]).toEqual([200, address]);
    expect(await response.json()).toBeTypeOf('object');
  }
  child.kill('SIGTERM');
  expect(await new Promise((done) => void child.once('exit', done))).toBe(0);
});

test('the comparison is real: what somebody changes between push and pull is named', async () => {
  const target = await fhir();
  const read = readConfig({}, {});
  if (!read.ok) throw new Error('nothing set is no configuration');
  const faults: unknown[] = [];
  const way = await openWay({
    server: fhirServer({ base: target.base, authentication: { kind: 'none' } }),
    base: target.base,
    definitions: shippedDefinitions,
    settings: read.config.delivery,
    fault: (error) => faults.push(error),
  });
  onTestFinished(() => way.dispatcher.stop());
  const sent = await Promise.all(texts.map((text) => send(text, way)));
  expect(faults).toEqual([]);
  const found = await target.send('GET', '/MedicationAdministration?status=completed&_count=1');
  const [entry] = (found.json as { entry: { resource: { id: string; dosage: { dose: { value: number } } } }[] }).entry;
  if (entry === undefined) throw new Error('no dose was sent');
  const { resource } = entry;
  resource.dosage.dose.value += 5;
  await target.send('PUT', `/MedicationAdministration/${resource.id}`, JSON.stringify(resource));

  const compared = await Promise.all(sent.flatMap((one) => (one === undefined ? [] : [compare(one, way)])));
  expect(compared.map(({ differences }) => differences)).toContainEqual(
    expect.arrayContaining([
      expect.stringMatching(/^TreatmentCourse\.sessions\[\d+\]\.administrations\[\d+\]\.amount\.value$/),
    ]),
  );
  expect(compared.filter(({ differences }) => differences?.length === 0)).toHaveLength(texts.length - 1);
  expect(table(compared)).toMatch(/differs at:\n  TreatmentCourse\.sessions/);
});

test('with FHIR_BASE_URL the demo writes there, and a server that is down ends it with 3', async () => {
  const target = await fhir();
  const elsewhere = await runProcess('src/main.ts', ['--once'], {
    environment: { PORT: '0', FHIR_BASE_URL: target.base },
  });
  expect(elsewhere.code).toBe(0);
  expect((await target.send('GET', '/Patient')).json).toMatchObject({ total: texts.length });
  const down = await runProcess('src/main.ts', ['--once'], {
    environment: { PORT: '0', FHIR_BASE_URL: 'http://127.0.0.1:9' },
  });
  expect(down.code).toBe(3);
  expect(down.out.join('\n')).toContain('The target could not be reached');
});

test('an unknown word is wrong usage', async () => {
  const { code, err } = await runProcess('src/main.ts', ['demo']);
  expect(code).toBe(2);
  expect(err.join('\n')).toContain("unknown command 'demo'");
});
