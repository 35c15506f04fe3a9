import { StoreAway } from '../exchange/store.ts';

/** Why a store cannot be used, one sentence for each. */
const sentences = {
  unopenable: 'The file of the store cannot be opened, or not be written.',
  foreign: 'The file of the store is no database of coursebridge.',
  newer: 'The store was written by a newer release of coursebridge.',
  damaged: 'The file of the store is damaged.',
  busy: 'Another process has kept the store to itself for too long.',
  closed: 'The store is closed.',
} as const;

/** The store cannot be used. The message is a fixed sentence. */
export class StoreFault extends StoreAway {
  override readonly name = 'StoreFault';
  readonly kind: keyof typeof sentences;

  constructor(kind: keyof typeof sentences, cause?: unknown) {
    super(sentences[kind], { cause });
    this.kind = kind;
  }
}
