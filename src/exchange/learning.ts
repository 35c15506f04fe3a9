import type { Json } from '../json/json.ts';
import { knowledgeFrom, type TargetKnowledge } from './knowledge.ts';
import type { Store, StoreTransaction } from './store.ts';

/** What is learnt of a target: shared by all deliveries of this process, and kept when one of them ends. */
export interface Learning {
  /** Reads what was kept, once. */
  begin(): Promise<void>;
  read(): TargetKnowledge;
  learn(next: TargetKnowledge): void;
  /** Writes down what is new. */
  keep(tx: StoreTransaction): Promise<void>;
}

export function learningOf(target: string, store: Store): Learning {
  let begun = false;
  let value = knowledgeFrom(undefined);
  let kept = JSON.stringify(value);
  return {
    begin: async () => {
      if (begun) return;
      const read = knowledgeFrom(await store.transaction((tx) => tx.knowledge(target)));
      // Another delivery may have been quicker, and have learnt something since.
      if (begun) return;
      begun = true;
      value = read;
      kept = JSON.stringify(value);
    },
    read: () => value,
    learn: (next) => {
      value = next;
    },
    keep: async (tx) => {
      const text = JSON.stringify(value);
      if (text === kept) return;
      await tx.keepKnowledge(target, value as unknown as Json);
      kept = text;
    },
  };
}
