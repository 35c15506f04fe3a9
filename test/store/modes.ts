// A process of its own that hides nothing from anybody by itself: `modes.ts FILE`. Says the modes of what it made.
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import { keepTargets } from './rows.ts';

process.umask(0);
const file = process.argv[2] ?? '';
const store = await openStore({ file });
await keepTargets(store);
const folder = dirname(file);
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
process.stdout.write(`. ${modeOf(folder)}\n`);
for (const name of readdirSync(folder).toSorted()) process.stdout.write(`${name} ${modeOf(join(folder, name))}\n`);
await store.close();
