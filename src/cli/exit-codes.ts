/** What the command line ends with. */
export const exitCodes = { good: 0, refused: 1, usage: 2, unavailable: 3, different: 4 } as const;

/** A number that the command line ends with. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Where several apply: what must be mended first comes first, and a difference that was asked for before a refusal. */
const gravestFirst: readonly ExitCode[] = [
  exitCodes.usage,
  exitCodes.unavailable,
  exitCodes.different,
  exitCodes.refused,
];

/** The one code for everything that happened. */
export function gravest(codes: Iterable<ExitCode>): ExitCode {
  const happened = new Set(codes);
  return gravestFirst.find((code) => happened.has(code)) ?? exitCodes.good;
}

/** The same in words, for every `--help`. */
export const exitCodeHelp = `
Exit codes: 0 all good, 1 some data refused, 2 wrong usage, 3 target unavailable, 4 differences found.`;
