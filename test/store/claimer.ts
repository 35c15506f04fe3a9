// A process of its own that delivers what is due until nothing is left: `claimer.ts FILE`. A line for each delivery:
// its patient, and when it was taken and given back, in ns of the clock that all processes of a machine share.
import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../../src/store/open-store.ts';
import { claim, finish, idsOf } from './rows.ts';

const store = await openStore({ file: process.argv[2] ?? '' });
for (;;) {
  const claimed = await claim(store, 20, { leaseUntil: 1e9, limit: 2, lease: () => crypto.randomUUID() });
  const taken = process.hrtime.bigint();
  await Promise.all(
    claimed.map(async (one) => {
      await wait(Math.random() * 10);
      const given = process.hrtime.bigint();
      const patient = (await store.transaction((tx) => tx.course(one.courseId)))?.patient.value ?? '';
      if (!(await finish(store, one))) throw new Error('a lease was lost that had not run out');
      process.stdout.write(`${one.id} ${patient} ${taken} ${given}\n`);
    }),
  );
  const left = await store.transaction((tx) => tx.deliveries({ state: ['waiting', 'in-flight'] }, { limit: 1 }));
  if (idsOf(left).length === 0) break;
  if (claimed.length === 0) await wait(2);
}
await store.close();
