// A process of its own that submits courses until it is killed, and says which are on disk: `writer.ts FILE NUMBER`.
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open-store.ts';
import { keepTargets, submit } from './rows.ts';

const [file = '', first = '0'] = process.argv.slice(2);
const store = await openStore({ file });
await keepTargets(store);
for (let number = Number(first); ; number += 1) {
  await store.transaction(async (tx) => {
    await submit(tx, number, { id: `delivery-${number}` });
    await tx.audit({ at: number, actor: 'cli', action: 'submitted', subject: `course-${number}` });
  });
  writeSync(1, `${number}\n`);
}
