import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Store } from '../exchange/store.ts';

/** The store in the data folder; both are made where they are not there yet. */
export async function storeIn({ dataFolder, delivery }: Pick<Config, 'dataFolder' | 'delivery'>): Promise<Store> {
  const { openStore } = await import('../store/open-store.ts');
  const { mostBytes } = delivery;
  return openStore(
    { file: join(dataFolder, 'coursebridge.sqlite') },
    mostBytes === undefined ? {} : { maxBytes: mostBytes },
  );
}
