import { pino, type Logger } from 'pino';
import type { DispatchNote } from '../exchange/dispatcher.ts';
import type { RequestEntry } from '../http/request-log.ts';

/**
 * The log of the service: JSON, a line an event, on stdout. It holds ids of ours, closed words and numbers: nothing that
 * was received, no address, no text of a target.
 */
export interface ServiceLog {
  started(port: number, targets: readonly string[]): void;
  stopped(): void;
  request(entry: RequestEntry): void;
  delivery(note: DispatchNote): void;
  fault(id: string, error: unknown): void;
}

export function serviceLog(level: string): ServiceLog {
  const log: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    started: (port, targets) => log.info({ event: 'started', port, targets }),
    stopped: () => log.info({ event: 'stopped' }),
    request: (entry) => log.info({ event: 'request', ...entry }),
    delivery: ({ issues, ...note }) => {
      const codes = [...new Set(issues.map(({ code }) => code))];
      const said = { event: 'delivery', ...note, ...(codes.length > 0 && { issues: codes }) };
      if (isBad(note.state)) log.warn(said);
      else log.info(said);
    },
    // A message can hold what was received; a name and places in code cannot.
    fault: (id, error) => log.error({ event: 'fault', id, ...placesOf(error) }),
  };
}

const isBad = (state: DispatchNote['state']): boolean =>
  state === 'refused' || state === 'unresolved' || state === 'given-up';

function placesOf(error: unknown): { readonly name: string; readonly places: readonly string[] } {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
  const lines = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name, places: lines.map((line) => line.trim()) };
}
