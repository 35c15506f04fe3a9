import type { DispatchNote } from '../exchange/dispatcher.ts';

/** Waits for deliveries to end, from what a dispatcher tells. */
export interface Awaited {
  /** Give it every note of the dispatcher. */
  readonly noted: (note: DispatchNote) => void;
  /**
   * How a delivery ended; or how it stands when the target could not be used `tries` times, since that can take for ever.
   */
  readonly ended: (delivery: string) => Promise<DispatchNote>;
}

export function awaited(tries: number): Awaited {
  const ended = new Map<string, DispatchNote>();
  const waiting = new Map<string, (note: DispatchNote) => void>();
  return {
    noted: (note) => {
      const goesOn = note.state === 'waiting' && (note.ended === 'refused' || note.attempt < tries);
      if (goesOn || note.ended === 'not-ours') return;
      ended.set(note.delivery, note);
      waiting.get(note.delivery)?.(note);
      waiting.delete(note.delivery);
    },
    ended: (delivery) => {
      const known = ended.get(delivery);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => waiting.set(delivery, resolve));
    },
  };
}
