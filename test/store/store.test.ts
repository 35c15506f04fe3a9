import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { storeContract } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

storeContract('in a file', async () => {
  const where = { file: join(folder, `${(files += 1)}.sqlite`) };
  return { store: await openStore(where), another: () => openStore(where) };
});

storeContract('in memory', async () => ({ store: await openStore('memory') }));
