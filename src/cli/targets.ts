import type { Config } from '../config.ts';
import { targetId } from '../course/identity.ts';
import type { Store } from '../exchange/store.ts';
import { UsageFault } from './inputs.ts';

/** A target that nothing was ever addressed to is most likely a misspelt one. */
export async function knownTarget(store: Store, target: string): Promise<void> {
  const targets = await store.transaction((tx) => tx.targets());
  if (targets.some(({ id }) => id === target)) return;
  throw new UsageFault('Nothing in this data folder was ever addressed to this FHIR server.');
}

/** Where a decision is delivered to: the server of the environment, or else every one that the store knows. */
export async function targetsOf(
  store: Store,
  { fhirBaseUrl: base }: Pick<Config, 'fhirBaseUrl'>,
): Promise<readonly string[]> {
  return store.transaction(async (tx) => {
    if (base !== undefined) {
      await tx.keepTarget({ id: targetId(base), base });
      return [targetId(base)];
    }
    const known = await tx.targets();
    if (known.length === 0)
      throw new UsageFault('Nothing in this data folder was ever addressed to a FHIR server: set FHIR_BASE_URL.');
    return known.map(({ id }) => id);
  });
}
