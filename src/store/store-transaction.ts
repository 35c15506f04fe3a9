import type { StoreTransaction } from '../exchange/store.ts';
import { answers } from './answers.ts';
import { audit } from './audit.ts';
import { claiming } from './claim.ts';
import { courses } from './courses.ts';
import { deliveries } from './deliveries.ts';
import { finishing } from './finish.ts';
import type { Session } from './query.ts';
import { receipts } from './receipts.ts';
import { standing } from './standing.ts';
import { submissions } from './submissions.ts';
import { targets } from './targets.ts';
import { versions } from './versions.ts';

/** Everything that can be asked within a transaction of this session. */
export function transactionOver(session: Session): StoreTransaction {
  const told = { ...versions(session), ...receipts(session) };
  return {
    ...courses(session),
    ...submissions(session),
    ...told,
    ...deliveries(session),
    ...claiming(session, told),
    ...finishing(session),
    ...targets(session),
    ...audit(session),
    ...answers(session),
    ...standing(session),
  };
}
