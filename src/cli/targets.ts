import type { Config } from '../config.ts';
import { targetId } from '../course/identity.ts';
import type { Store } from '../exchange/store.ts';
import { UsageFault } from './inputs.ts';

/** A target that nothing was ever addressed to is most likely a misspelt one. */
export async function knownTarget(store: Store, target: string): Promise<void> {
  if ((await knownTargets(store)).includes(target)) return;
  throw new UsageFault('Nothing in this data folder was ever addressed to this FHIR server.');
}

/** Every FHIR server that anything in the store was addressed to. */
export async function knownTargets(store: Store): Promise<readonly string[]> {
  return (await store.transaction((tx) => tx.targets())).map(({ id }) => id);
}

/** Where a decision is delivered to: the server of the environment, or else every one that the store knows. */
export async function targetsOf(
  store: Store,
  { fhirBaseUrl: base }: Pick<Config, 'fhirBaseUrl'>,
): Promise<readonly string[]> {
  if (base !== undefined) {
    await store.transaction((tx) => tx.keepTarget({ id: targetId(base), base }));
    return [targetId(base)];
  }
  const known = await knownTargets(store);
  if (known.length > 0) return known;
  throw new UsageFault('Nothing in this data folder was ever addressed to a FHIR server: set FHIR_BASE_URL.');
}
