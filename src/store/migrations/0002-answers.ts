import type { Migration } from './migration.ts';

/** What a request with an Idempotency-Key was answered. */
export const answers: Migration = {
  number: 2,
  name: 'answers',
  statements: `
    create table answer (
      key_hash text primary key,
      request_hash text not null,
      status integer not null,
      headers text not null,
      at integer not null,
      body text not null
    ) strict;
    create index answer_by_age on answer (at);
  `,
};
