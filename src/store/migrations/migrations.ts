import { coursesAndDeliveries } from './0001-courses-and-deliveries.ts';
import { answers } from './0002-answers.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. One that was released is never changed, nor taken away. */
export const migrations: readonly Migration[] = [coursesAndDeliveries, answers];
