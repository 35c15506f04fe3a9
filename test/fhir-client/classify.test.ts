import { describe, expect, test } from 'vitest';
import { answerOf } from '../../src/fhir-client/classify.ts';
import type { Sent } from '../../src/fhir-client/send.ts';

const now = Date.parse('2026-01-02T10:00:00Z');
const patient = '{"resourceType":"Patient"}';

function answered(status: number, text = patient, headers: Record<string, string> = {}): Sent {
  return { kind: 'answered', status, headers, text };
}

describe('what an answer means', () => {
  test.each([
    // status, of a read, of a write
    [200, 'accepted', 'accepted'],
    [201, 'accepted', 'accepted'],
    [301, 'refused', 'refused'],
    [400, 'refused', 'refused'],
    [401, 'refused', 'refused'],
    [403, 'refused', 'refused'],
    [404, 'refused', 'refused'],
    [408, 'unavailable', 'unavailable'],
    [409, 'refused', 'refused'],
    [412, 'refused', 'refused'],
    [413, 'refused', 'refused'],
    [422, 'refused', 'refused'],
    [425, 'unavailable', 'unavailable'],
    [429, 'unavailable', 'unavailable'],
    [500, 'unavailable', 'unknown'],
    [501, 'refused', 'refused'],
    [502, 'unavailable', 'unknown'],
    [503, 'unavailable', 'unavailable'],
    [504, 'unavailable', 'unknown'],
  ])('%i', (status, ofRead, ofWrite) => {
    expect(answerOf(answered(status), false, now)).toMatchObject({ kind: ofRead, status });
    expect(answerOf(answered(status), true, now)).toMatchObject({ kind: ofWrite, status });
  });

  test('a request that never arrived did nothing', () => {
    expect(answerOf({ kind: 'not-connected' }, true, now)).toEqual({ kind: 'unavailable' });
  });

  test('a lost answer leaves a write unknown, and a read as good as not asked', () => {
    expect(answerOf({ kind: 'lost', stale: false }, true, now)).toEqual({ kind: 'unknown' });
    expect(answerOf({ kind: 'lost', stale: false }, false, now)).toEqual({ kind: 'unavailable' });
  });

  test.each(['<html>hello</html>', '', '[]', '{"hello":1}', '{'])('200 with %j is not FHIR', (text) => {
    expect(answerOf(answered(200, text), false, now)).toMatchObject({ kind: 'refused', reason: 'not-fhir' });
    expect(answerOf(answered(200, text), true, now)).toEqual({ kind: 'unknown', status: 200 });
  });

  test.each([401, 403])('%i says that we are not let in, whatever its body', (status) => {
    expect(answerOf(answered(status, '<html>'), false, now)).toMatchObject({ reason: 'not-authorised', faults: [] });
  });

  test('a refusal keeps the codes and places of the outcome, and none of its texts', () => {
    const outcome = JSON.stringify({
      resourceType: 'OperationOutcome',
      text: { div: 'MARKER' },
      issue: [
        { severity: 'warning', code: 'informational', diagnostics: 'MARKER' },
        {
          severity: 'error',
          code: 'value',
          diagnostics: 'MARKER',
          details: { text: 'MARKER' },
          expression: ['Bundle.entry[3].resource.ofType(Observation).status', "Observation.where(code = 'MARKER')"],
          location: ['Observation.status', 'Line 1: MARKER'],
        },
        { severity: 'fatal', code: 'MARKER' },
      ],
    });
    const answer = answerOf(answered(422, outcome), true, now);
    expect(answer).toEqual({
      kind: 'refused',
      status: 422,
      reason: 'status',
      faults: [
        { code: 'value', places: ['Bundle.entry[3].resource.ofType(Observation).status', 'Observation.status'] },
      ],
    });
  });

  test.each([
    [{ 'retry-after': '120' }, 120],
    [{ 'retry-after': 'Fri, 02 Jan 2026 10:00:30 GMT' }, 30],
    [{ 'retry-after': 'Fri, 02 Jan 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ ratelimit: '"requests";r=59999;t=60, "fhirInteractions";r=0;t=35' }, 35],
    [{ ratelimit: '"requests";r=0;t=60, "fhirInteractions";r=0;t=35' }, 60],
    [{ ratelimit: '"requests";r=10;t=60' }, undefined],
    [{}, undefined],
  ])('how long to wait: %j', (headers: Record<string, string>, seconds) => {
    expect(answerOf(answered(429, patient, headers), true, now)).toEqual({
      kind: 'unavailable',
      status: 429,
      ...(seconds !== undefined && { retryAfterSeconds: seconds }),
    });
  });
});
