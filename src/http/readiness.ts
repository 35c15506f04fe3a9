import { failureIssues } from '../exchange/issues.ts';
import { issuesReply, jsonReply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Wiring } from './wiring.ts';

/** GET /readyz: whether a course could be delivered now. A target that lets us in by no way but a refusal is not ready. */
export function readiness({ server }: Wiring): Handler {
  return async () => {
    const answer = await server.capabilities();
    if (answer.kind === 'accepted') return jsonReply(200, { status: 'ready' });
    return { ...issuesReply(failureIssues(answer, '')), status: 503 };
  };
}
