import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAttempt, backOffSeconds, usualRetries, type Attempted } from '../../src/exchange/retry-policy.ts';

const hour = 3_600_000;

const attempted = (more: Partial<Attempted>): Attempted => ({
  ended: 'unavailable',
  attempts: 1,
  refusals: 0,
  since: 0,
  now: 1000,
  random: 0.5,
  ...more,
});

const after = (more: Partial<Attempted>) => afterAttempt(attempted(more), usualRetries);

describe('a delivery after an attempt', () => {
  it('has ended where the target has it, or where nobody can tell', () => {
    for (const ended of ['delivered', 'in-part', 'unresolved'] as const) {
      expect(after({ ended })).toEqual({ state: ended });
    }
  });

  it('is tried again where the target was away or its answer was lost', () => {
    for (const ended of ['unavailable', 'unknown'] as const) {
      expect(after({ ended })).toEqual({ state: 'waiting', dueAt: 1750 });
    }
  });

  it('waits as long as the target asks, within reason', () => {
    expect(after({ retryAfterSeconds: 40 })).toEqual({ state: 'waiting', dueAt: 41_000 });
    expect(after({ retryAfterSeconds: 1e9 })).toEqual({ state: 'waiting', dueAt: 1000 + hour });
    // Less than our own wait is no reason to hurry.
    expect(after({ retryAfterSeconds: 0, attempts: 5 })).toEqual({ state: 'waiting', dueAt: 13_000 });
  });

  it('believes a refusal when it was repeated', () => {
    for (const refusals of [1, 2, 3]) expect(after({ ended: 'refused', refusals }).state).toBe('waiting');
    expect(after({ ended: 'refused', refusals: 4 })).toEqual({ state: 'refused' });
  });

  it('asks again soon after a refusal, however long the target was away before', () => {
    expect(after({ ended: 'refused', refusals: 1, attempts: 30 })).toEqual({ state: 'waiting', dueAt: 1750 });
  });

  it('is given up after days and many attempts, never after one of the two', () => {
    const days = 80 * hour;
    expect(after({ now: days, attempts: 20 })).toEqual({ state: 'given-up' });
    expect(after({ now: days, attempts: 19 }).state).toBe('waiting');
    expect(after({ now: 10 * hour, attempts: 1000 }).state).toBe('waiting');
  });
});

describe('the back-off', () => {
  it('doubles to its cap, and spreads from half to the whole', () => {
    assert(
      property(integer({ min: 1, max: 5000 }), double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
        const whole = Math.min(300, 2 ** Math.min(failures - 1, 30));
        const seconds = backOffSeconds(failures, random, usualRetries);
        expect(seconds).toBeGreaterThanOrEqual(whole / 2);
        expect(seconds).toBeLessThan(whole);
      }),
    );
  });
});
