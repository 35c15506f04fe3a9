/**
 * How a target is written to. It is learnt from what the target refuses, never from its CapabilityStatement: HAPI takes
 * our ids without saying so.
 */
export interface Approach {
  /**
   * `update-as-create`: what is new is PUT under our own id, so that sending it twice is harmless. `resolve-then-write`:
   * it is POSTed, and the target gives the id.
   */
  readonly strategy: 'update-as-create' | 'resolve-then-write';
  /** Whether a new patient goes ahead alone: Medplum caps a transaction with a conditional entry at 8 entries. */
  readonly patientFirst: boolean;
  readonly limits: Limits;
}

/** How much one transaction may hold. */
export interface Limits {
  readonly entries: number;
  readonly puts: number;
  readonly bytes: number;
}

export const firstApproach: Approach = {
  strategy: 'update-as-create',
  patientFirst: false,
  limits: { entries: Infinity, puts: Infinity, bytes: Infinity },
};

/** What a transaction consisted of. */
export interface Consist {
  readonly entries: number;
  readonly puts: number;
  /** Resources PUT under ids of ours that the target did not have. */
  readonly clientIds: number;
  readonly conditional: boolean;
  /** Whether it told the target which versions it replaces. */
  readonly versioned: boolean;
  readonly bytes: number;
}

/** Medplum's limits (4.4): with a conditional entry, of PUTs, of bytes. It answers 400 to each. */
const medplum = { withConditional: 8, puts: 50, bytes: 1_000_000 };

/** Statuses with which a target refuses ids that are not its own. */
const refusesOurIds = new Set([400, 404, 405, 422]);

/** Whether a refusal can mean that the target takes no ids of ours. */
export function mayRefuseOurIds(status: number, { clientIds }: Pick<Consist, 'clientIds'>): boolean {
  return clientIds > 0 && refusesOurIds.has(status);
}

/**
 * Whether a refusal can mean that somebody wrote at the same time. A stale If-Match is 409 on HAPI, 412 on Medplum,
 * and 400 inside a transaction on Helios.
 */
export function mayBeConflict(status: number, { versioned }: Pick<Consist, 'versioned'>): boolean {
  return status === 409 || status === 412 || (status === 400 && versioned);
}

/** A smaller way to write after a transaction was refused, if its size can have been the cause. */
export function smaller(approach: Approach, status: number, consist: Consist): Approach | undefined {
  const { limits } = approach;
  if (status === 413) {
    const entries = Math.floor(consist.entries / 2);
    return entries === 0 ? undefined : { ...approach, limits: { ...limits, entries } };
  }
  if (status !== 400) return undefined;
  if (consist.conditional && consist.entries > medplum.withConditional) return { ...approach, patientFirst: true };
  if (consist.puts > medplum.puts) return { ...approach, limits: { ...limits, puts: medplum.puts } };
  if (consist.bytes > medplum.bytes) return { ...approach, limits: { ...limits, bytes: 0.9 * medplum.bytes } };
  return undefined;
}
