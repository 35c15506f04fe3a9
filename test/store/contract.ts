import { describe } from 'vitest';
import { claimPromises } from './contract-claim.ts';
import { coursePromises } from './contract-courses.ts';
import { deliveryPromises } from './contract-deliveries.ts';
import { targetPromises } from './contract-targets.ts';
import { transactionPromises } from './contract-transactions.ts';
import type { Open } from './rows.ts';

/** Everything that a store promises (src/exchange/store.ts), whatever it is made of. */
export function storeContract(name: string, open: Open): void {
  describe(name, () => {
    describe('transactions', () => transactionPromises(open));
    describe('courses, submissions, versions', () => coursePromises(open));
    describe('deliveries', () => deliveryPromises(open));
    describe('claims and leases', () => claimPromises(open));
    describe('targets, receipts, the audit trail, answers', () => targetPromises(open));
  });
}
