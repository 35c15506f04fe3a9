import { expect, inject, test } from 'vitest';
import { judgeAt } from './judge.ts';

const { judge } = judgeAt(inject('judge'));

const component = (code: string, value: number, unit = 'mm[Hg]') => ({
  code: { coding: [{ system: 'http://loinc.org', code }] },
  valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: unit },
});

const bloodPressure = {
  resourceType: 'Observation',
  status: 'final',
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }],
    },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
  subject: { identifier: { system: 'https://example.org/patients', value: 'P1' } },
  effectiveDateTime: '2026-01-02T10:00:00+01:00',
  component: [component('8480-6', 128), component('8462-4', 82)],
};

test('a blood pressure without fault has no error', async () => {
  const [verdict] = await judge([bloodPressure]);
  expect(verdict?.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(verdict?.errors).toBe(0);
});

test('each fault is an error, in the order of the input', async () => {
  const { status: _, ...withoutStatus } = bloodPressure;
  const verdicts = await judge([
    { ...bloodPressure, component: [component('8480-6', 128, 'mmHg'), component('8462-4', 82)] },
    bloodPressure,
    withoutStatus,
  ]);
  expect(verdicts.map(({ errors }) => errors > 0)).toEqual([true, false, true]);
  expect(verdicts[0]?.issues).toContainEqual(
    expect.objectContaining({ severity: 'error', at: expect.stringContaining('Observation.component[0]') }),
  );
});

test('NDJSON is judged as it stands', async () => {
  const verdicts = await judge(`${JSON.stringify(bloodPressure)}\n\n{"resourceType":"Observation"}\n`);
  expect(verdicts.map(({ errors }) => errors > 0)).toEqual([false, true]);
});
