/**
 * How what is new comes to a target. `update-as-create`: it is PUT under our own id, so that sending it twice is
 * harmless. `conditional-update`: it is PUT to wherever its identifier is found. `resolve-then-write`: what a look did
 * not find is POSTed. In the last two the target gives the id.
 */
export type Strategy = (typeof strategies)[number];
export const strategies = ['update-as-create', 'conditional-update', 'resolve-then-write'] as const;

/** How requests are put together: all or nothing, many answered one by one, or each by itself. */
export type WriteMode = (typeof writeModes)[number];
export const writeModes = ['transaction', 'batch', 'single'] as const;

/**
 * How a target is written to. It is learnt from what the target refuses, never from its CapabilityStatement: HAPI takes
 * our ids without saying so.
 */
export interface Approach {
  readonly strategy: Strategy;
  readonly mode: WriteMode;
  /** Whether a new patient goes ahead alone: Medplum caps a transaction with a conditional entry at 8 entries. */
  readonly patientFirst: boolean;
  readonly limits: Limits;
}

/** How much one request may hold. */
export interface Limits {
  readonly entries: number;
  readonly puts: number;
  readonly bytes: number;
}

export const firstApproach: Approach = {
  strategy: 'update-as-create',
  mode: 'transaction',
  patientFirst: false,
  // Azure takes 500 entries. More of them take a slow server so long that nobody waits for the answer.
  limits: { entries: 500, puts: Infinity, bytes: Infinity },
};

/** What a request consisted of. */
export interface Consist {
  readonly entries: number;
  readonly puts: number;
  /** Resources PUT under ids of ours that the target did not have. */
  readonly clientIds: number;
  /** Entries of which the target was to find out itself whether they are there. */
  readonly conditional: number;
  /** Whether it told the target which versions it replaces. */
  readonly versioned: boolean;
  readonly bytes: number;
}

/** Medplum's limits (4.4): with a conditional entry, of PUTs, of bytes. It answers 400 to each. */
const medplum = { withConditional: 8, puts: 50, bytes: 1_000_000 };

/** Statuses with which a target refuses to be given ids, or conditions. */
const refusesStrategy = new Set([400, 403, 404, 405, 412, 422, 501]);

/** Whether a refusal can mean that the target does not take what is new in this way. */
export function mayRefuseStrategy(
  status: number,
  { clientIds, conditional }: Pick<Consist, 'clientIds' | 'conditional'>,
): boolean {
  return clientIds + conditional > 0 && refusesStrategy.has(status);
}

/**
 * Whether a refusal can mean that somebody wrote at the same time. A stale If-Match is 409 on HAPI, 412 on Medplum,
 * and 400 inside a transaction on Helios.
 */
export function mayBeConflict(status: number, { versioned }: Pick<Consist, 'versioned'>): boolean {
  return status === 409 || status === 412 || (status === 400 && versioned);
}

/** A smaller way to write after a request was refused, if its size can have been the cause. */
export function smaller(approach: Approach, status: number, consist: Consist): Approach | undefined {
  const { limits } = approach;
  if (status === 413) {
    const entries = Math.floor(consist.entries / 2);
    return entries === 0 ? undefined : { ...approach, limits: { ...limits, entries } };
  }
  if (status !== 400 || approach.mode === 'single') return undefined;
  const onlyPatient = consist.conditional === 1;
  if (onlyPatient && consist.entries > medplum.withConditional && !approach.patientFirst) {
    return { ...approach, patientFirst: true };
  }
  if (consist.puts > medplum.puts) return { ...approach, limits: { ...limits, puts: medplum.puts } };
  if (consist.bytes > medplum.bytes) return { ...approach, limits: { ...limits, bytes: 0.9 * medplum.bytes } };
  return undefined;
}

/** The next way to write what is new; undefined after the last. */
export function nextStrategy(approach: Approach): Approach | undefined {
  const strategy = strategies[strategies.indexOf(approach.strategy) + 1];
  // Only what holds several entries can find its own: the identifier of a single request would stand in its URL.
  if (strategy === 'conditional-update' && approach.mode === 'single') return nextStrategy({ ...approach, strategy });
  return strategy === undefined ? undefined : { ...approach, strategy };
}

/** The next way to put requests together, with every way to write in it still to be tried; undefined after the last. */
export function nextMode(approach: Approach): Approach | undefined {
  const mode = writeModes[writeModes.indexOf(approach.mode) + 1];
  return mode === undefined ? undefined : { ...approach, mode, strategy: firstApproach.strategy };
}
