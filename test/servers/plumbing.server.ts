import { beforeEach, describe, expect, inject, test } from 'vitest';
import { emptyServer } from './start.ts';

const FHIR_JSON = 'application/fhir+json';

describe.each(inject('servers'))('$kind', (server) => {
  beforeEach(() => emptyServer(server));

  test('speaks FHIR 4.0.1', async () => {
    const response = await fetch(`${server.base}/metadata`, { headers: { Accept: FHIR_JSON } });
    expect(await response.json()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  });

  test('keeps the digits of a value under an id of ours', async () => {
    const url = `${server.base}/Observation/0b6f8c52-6b0e-5f0a-9a53-4d2f7f0e1a01`;
    // Written as text: JSON.stringify would drop the last zero.
    const weight = `{"resourceType":"Observation","id":"0b6f8c52-6b0e-5f0a-9a53-4d2f7f0e1a01","status":"final",
      "code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"effectiveDateTime":"2026-01-02T10:00:00+01:00",
      "valueQuantity":{"value":71.50,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}`;
    const put = await fetch(url, { method: 'PUT', headers: { 'Content-Type': FHIR_JSON }, body: weight });
    expect(put.status).toBe(201);

    const stored = await fetch(url, { headers: { Accept: FHIR_JSON, 'Cache-Control': 'no-cache' } });
    expect(stored.status).toBe(200);
    const text = await stored.text();
    expect(text).toMatch(/"value"\s*:\s*71\.50\b/);
    expect(text).toContain('2026-01-02T10:00:00+01:00');
  });
});
