/**
 * Tells the log of a fault of our own: its id, its kind and where it happened. Not its message, which may hold what was
 * received.
 */
export function faultReport(say: (sentence: string) => void): (faultId: string, error: unknown) => void {
  return (faultId, error) => {
    const { name, stack } = error instanceof Error ? error : { name: 'unknown', stack: '' };
    const places = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    say([`coursebridge has a fault of its own, ${faultId} (${name})`, ...places].join('\n'));
  };
}
