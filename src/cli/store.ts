import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Page, Store, StoreTransaction } from '../exchange/store.ts';
import { UsageFault } from './inputs.ts';

type Place = Pick<Config, 'dataFolder' | 'delivery'>;

const fileIn = (dataFolder: string): string => join(dataFolder, 'coursebridge.sqlite');

/** The store in the data folder; both are made where they are not there yet. */
export async function storeIn({ dataFolder, delivery }: Place): Promise<Store> {
  const { openStore } = await import('../store/open-store.ts');
  const { mostBytes } = delivery;
  return openStore({ file: fileIn(dataFolder) }, mostBytes === undefined ? {} : { maxBytes: mostBytes });
}

/** Does the work on the store that is there. A folder without one is wrong usage: an empty store would say that all is well. */
export async function withStoreIn<T>(place: Place, work: (store: Store) => Promise<T>): Promise<T> {
  if (!existsSync(fileIn(place.dataFolder))) {
    throw new UsageFault(
      `${place.dataFolder} holds no data of coursebridge: --data or COURSEBRIDGE_DATA names the folder.`,
    );
  }
  const store = await storeIn(place);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const pageSize = 200;

/** A list of the store, a page in each transaction. `nameOf` gives what the next page begins after. */
export async function* listed<T>(
  store: Store,
  read: (tx: StoreTransaction, page: Page) => Promise<readonly T[]>,
  nameOf: (one: T) => string | number,
): AsyncGenerator<T> {
  for (let page: Page | undefined = { limit: pageSize }; page !== undefined;) {
    const from: Page = page;
    const some = await store.transaction((tx) => read(tx, from));
    yield* some;
    const last = some.at(-1);
    page = last === undefined || some.length < pageSize ? undefined : { limit: pageSize, after: nameOf(last) };
  }
}
