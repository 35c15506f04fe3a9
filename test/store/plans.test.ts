import { expect, test } from 'vitest';
import { connect } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations/migrations.ts';
import { SqliteSession } from '../../src/store/sqlite-session.ts';
import { transactionOver } from '../../src/store/store-transaction.ts';
import { claimAt, submit, target } from './rows.ts';

/** What may look through a whole table, or index, by what it is for. */
const allowed = [
  /from "target" order by/,
  /from "audit" order by/,
  /count\(\*\)/,
  /^select min\("created_at"\)/,
  // A course has few deliveries, and few wait beside those that have arrived.
  /from "delivery" where "course_id" = \? and "target" = \?/,
  /"state" = 'waiting' .*order by \+seq/,
];

test('nothing that is asked for every course looks through a table, or sorts one', async () => {
  const db = connect('memory', undefined);
  migrate(db, migrations);
  const asked = new Set<string>();
  const prepare = db.prepare.bind(db);
  db.prepare = (sql) => {
    asked.add(sql);
    return prepare(sql);
  };
  const session = new SqliteSession(db);
  session.begin();
  await askEverything(session);
  session.commit();

  const queries = [...asked].filter((sql) => /^(select|insert|update|delete)/.test(sql));
  expect(queries.length).toBeGreaterThan(30);
  const slow = queries.flatMap((sql) => {
    const plan = prepare(`explain query plan ${sql}`).all(...Array.from(sql.matchAll(/\?/g), () => null));
    const steps = plan.map(({ detail }) => String(detail)).filter((step) => /^SCAN|TEMP B-TREE/.test(step));
    return steps.length === 0 || allowed.some((pattern) => pattern.test(sql)) ? [] : [`${sql}: ${steps.join(', ')}`];
  });
  expect(slow).toEqual([]);
  db.close();
});

async function askEverything(session: SqliteSession): Promise<void> {
  const tx = transactionOver(session);
  await tx.keepTarget({ id: target, base: 'a' });
  await tx.keepTarget({ id: target, base: 'b' });
  await submit(tx, 1, { id: 'a' });
  await submit(tx, 2, { id: 'b' });
  await submit(tx, 2, { id: 'c', patient: 7 });
  const end = { state: 'waiting', issues: [], at: 50, open: true } as const;
  const receipt = { versionSeq: 1, mapping: 'm', resources: [], at: 1 };
  for (const lostAt of [undefined, 60]) {
    const [taken] = await tx.claim(claimAt(55, { limit: 1 }));
    if (taken === undefined) throw new Error('nothing was due');
    await tx.renew(taken.id, taken.lease, 900);
    await tx.finish(taken.id, taken.lease, { ...end, receipt, ...(lostAt !== undefined && { lostAt }) });
  }
  await tx.claim(claimAt(100));
  await submit(tx, 1, { id: 'd' });
  await tx.claim(claimAt(200));
  const [leased] = await tx.claim(claimAt(300));
  if (leased === undefined) throw new Error('nothing was due');
  await tx.finish(leased.id, leased.lease, { ...end, open: false });
  await tx.restart('a', { dueAt: 1, mode: 'repair' });
  await tx.clampDue(target, 4);
  await tx.noteTold(['a']);
  await tx.delivery('a');
  const page = { limit: 3, after: 'a' };
  await tx.deliveries({}, page);
  await tx.deliveries({ state: ['waiting', 'refused', 'in-flight'] }, page);
  await tx.deliveries({ courseId: 'course-1', target }, page);
  await tx.deliveries({ state: 'refused', target }, page);
  await tx.course('course-1');
  await tx.courseIds(page);
  await tx.submissionsOf('course-1');
  await tx.submissionsInForce('course-1');
  await tx.submission('a');
  await tx.heldSubmissions(page);
  await tx.changeSubmission(1, { state: 'held', order: { version: 1 } });
  await tx.sentVersions('course-1');
  await tx.targets();
  await tx.knowledge(target);
  await tx.keepKnowledge(target, {});
  await tx.receipts(target, { ...page, notMapping: 'm' });
  await tx.audit({ at: 1, actor: 'cli', action: 'submitted', subject: 'a' });
  await tx.auditTrail({ limit: 3, after: 1 });
  await tx.keepAnswer({ keyHash: 'k', requestHash: 'r', status: 1, headers: {}, body: '', at: 1 });
  await tx.answer('k');
  await tx.forgetAnswers(1);
  await tx.standing(1);
}
