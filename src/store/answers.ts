import type { StoreTransaction } from '../exchange/store.ts';
import { query, type Session } from './query.ts';

const answerOf = query((db, p: { keyHash: string }) =>
  db
    .selectFrom('answer')
    .select(['request_hash as requestHash', 'status', 'headers', 'body', 'at'])
    .where('key_hash', '=', p.keyHash),
);

const keepAnswer = query(
  (db, p: { keyHash: string; requestHash: string; status: number; headers: string; body: string; at: number }) =>
    db.insertInto('answer').values({
      key_hash: p.keyHash,
      request_hash: p.requestHash,
      status: p.status,
      headers: p.headers,
      at: p.at,
      body: p.body,
    }),
);

const forget = query((db, p: { before: number }) => db.deleteFrom('answer').where('at', '<', p.before));

export const answers = (session: Session): Pick<StoreTransaction, 'answer' | 'keepAnswer' | 'forgetAnswers'> => ({
  answer: async (keyHash) => {
    const row = await session.first(answerOf, { keyHash });
    return row === undefined ? undefined : { ...row, headers: JSON.parse(row.headers) as Record<string, string> };
  },
  keepAnswer: async ({ keyHash, requestHash, status, headers, body, at }) => {
    await session.change(keepAnswer, {
      keyHash,
      requestHash,
      status,
      headers: JSON.stringify(headers),
      body,
      at,
    });
  },
  forgetAnswers: async (before) => {
    await session.change(forget, { before });
  },
});
