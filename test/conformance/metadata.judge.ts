import type { Bundle, CapabilityStatement } from '@medplum/fhirtypes';
import { expect, inject, test } from 'vitest';
import { service } from '../http/service.ts';
import { judgeAt } from './judge.ts';

/** HL7's validator over what the service says of itself under /fhir. */

const { judge } = judgeAt(inject('judge'));

async function errorsIn(resources: readonly unknown[]): Promise<unknown[]> {
  const verdicts = await judge(resources);
  expect(verdicts).toHaveLength(resources.length);
  return verdicts.flatMap(({ issues }, index) =>
    issues.filter(({ severity }) => severity === 'error' || severity === 'fatal').map((issue) => ({ index, ...issue })),
  );
}

test('/fhir/metadata is a CapabilityStatement without error', async () => {
  const { send } = await service();
  const { json } = await send('GET', '/fhir/metadata');
  expect(await errorsIn([json])).toEqual([]);
  // And the judge would have seen one.
  const { kind: _kind, ...broken } = json as CapabilityStatement;
  expect(await errorsIn([broken])).not.toEqual([]);
});

test('a page of each type that it claims, and what it answers in place of one, are too', async () => {
  const { send } = await service();
  const { rest } = (await send('GET', '/fhir/metadata')).json as CapabilityStatement;
  const claimed = rest?.flatMap(({ resource }) => resource ?? []) ?? [];
  const types = claimed.filter(({ interaction }) => interaction !== undefined).map(({ type }) => type);
  expect(types.length).toBeGreaterThan(3);
  const bundles: Bundle[] = [];
  for (const type of types) {
    const { json } = await send('GET', `/fhir/${type}?_count=1`);
    expect((json as Bundle).entry).toHaveLength(1);
    bundles.push(json as Bundle);
  }
  const outcomes = await Promise.all(
    ['/fhir/Patient', '/fhir/ValueSet?status=x', '/fhir/ValueSet?_format=xml'].map(
      async (path) => (await send('GET', path)).json,
    ),
  );
  expect(await errorsIn([...bundles, ...outcomes])).toEqual([]);
});
