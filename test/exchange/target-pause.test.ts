import { describe, expect, it } from 'vitest';
import { usualRetries } from '../../src/exchange/retry-policy.ts';
import { noPause, pauseAfter, roomFor, type Pause } from '../../src/exchange/target-pause.ts';

type Outcome = Parameters<typeof pauseAfter>[0];

const after = (outcome: Outcome, pause: Pause = noPause, now = 1000): Pause =>
  pauseAfter(outcome, pause, { now, random: 0.5, settings: usualRetries });

describe('the pause of a target', () => {
  it('does not begin with one failure, which may be one delivery alone', () => {
    const pause = after({ ended: 'unavailable' });
    expect(roomFor(pause, 1000, 4)).toBe(4);
  });

  it('begins with the second in a row, and grows', () => {
    const second = after({ ended: 'unknown' }, after({ ended: 'unavailable' }));
    expect(roomFor(second, 1000, 4)).toBe(0);
    const third = after({ ended: 'unavailable' }, second, second.until);
    expect(third.until - second.until).toBeGreaterThan(second.until - 1000);
  });

  it('begins at once where the target asks for time or does not let us in', () => {
    expect(after({ ended: 'unavailable', retryAfterSeconds: 20 }).until).toBe(21_000);
    expect(roomFor(after({ ended: 'unavailable', reach: 'not-authorised' }), 1000, 4)).toBe(0);
  });

  it('lets one try when it is over, and all once that one is through', () => {
    const pause = after({ ended: 'unavailable' }, after({ ended: 'unavailable' }));
    expect(roomFor(pause, pause.until, 4)).toBe(1);
    expect(roomFor(after({ ended: 'delivered' }, pause, pause.until), pause.until, 4)).toBe(4);
    // A refusal is an answer: the target is there.
    expect(roomFor(after({ ended: 'refused' }, pause, pause.until), pause.until, 4)).toBe(4);
  });

  it('is no longer where many were on their way when it began', () => {
    const pause = after({ ended: 'unavailable' }, after({ ended: 'unavailable' }));
    const others = Array.from({ length: 8 }).reduce<Pause>((before) => after({ ended: 'unavailable' }, before), pause);
    expect(others).toEqual(pause);
    // One of them may say how long.
    expect(after({ ended: 'unavailable', retryAfterSeconds: 60 }, others).until).toBe(61_000);
  });

  it('is never shortened by an answer that was on its way', () => {
    const long = after({ ended: 'unavailable', retryAfterSeconds: 60 });
    expect(after({ ended: 'unavailable' }, long, 2000).until).toBe(long.until);
    expect(after({ ended: 'delivered' }, long, 2000)).toBe(long);
  });

  it('does not change by what was not ours any more', () => {
    const pause = after({ ended: 'unavailable', retryAfterSeconds: 60 });
    expect(after({ ended: 'not-ours' }, pause)).toBe(pause);
  });
});
