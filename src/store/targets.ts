import type { StoreTransaction } from '../exchange/store.ts';
import { jsonColumn, jsonIn } from './json-columns.ts';
import { query, type Session } from './query.ts';

const addTarget = query((db, p: { id: string; base: string }) =>
  db.insertInto('target').values({ id: p.id, base: p.base }),
);

const changeBase = query((db, p: { id: string; base: string }) =>
  db.updateTable('target').set({ base: p.base }).where('id', '=', p.id),
);

const allTargets = query((db) => db.selectFrom('target').select(['id', 'base']).orderBy('id'));

const knowledgeOf = query((db, p: { target: string }) =>
  db.selectFrom('target').select('knowledge').where('id', '=', p.target),
);

const keepKnowledge = query((db, p: { target: string; knowledge: string }) =>
  db.updateTable('target').set({ knowledge: p.knowledge }).where('id', '=', p.target),
);

type Targets = Pick<StoreTransaction, 'keepTarget' | 'targets' | 'knowledge' | 'keepKnowledge'>;

export const targets = (session: Session): Targets => ({
  keepTarget: async ({ id, base }) => {
    if ((await session.change(changeBase, { id, base })) === 0) await session.change(addTarget, { id, base });
  },
  targets: async () => session.all(allTargets, {}),
  knowledge: async (target) => {
    const kept = (await session.first(knowledgeOf, { target }))?.knowledge;
    return kept === undefined || kept === null ? undefined : jsonIn(kept);
  },
  keepKnowledge: async (target, knowledge) => {
    const kept = await session.change(keepKnowledge, { target, knowledge: jsonColumn(knowledge) });
    if (kept === 0) throw new Error('knowledge of a target that nobody named');
  },
});
