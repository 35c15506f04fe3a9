import { failureIssues } from '../exchange/issues.ts';
import type { Standing } from '../exchange/store.ts';
import { metricsType } from './metrics.ts';
import { issuesReply, issueReply, jsonReply, type Reply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Service } from './service.ts';

/**
 * GET /readyz: whether a course could be taken and delivered now. A target that lets us in by no way but a refusal is
 * not ready.
 */
export function readiness(service: Service): Handler {
  return async () => {
    const [standing, answer] = await Promise.all([standingOf(service), service.server.capabilities()]);
    const issues = [
      ...(standing === undefined ? [{ code: 'store-unavailable' as const, at: '' }] : []),
      ...(answer.kind === 'accepted' ? [] : failureIssues(answer, '')),
    ];
    return issues.length === 0 ? jsonReply(200, { status: 'ready' }) : { ...issuesReply(issues), status: 503 };
  };
}

/** GET /metrics, for Prometheus. */
export function metrics(service: Service): Handler {
  return async (): Promise<Reply> => {
    const standing = await standingOf(service);
    if (standing === undefined) return issueReply('store-unavailable');
    return { status: 200, type: metricsType, body: await service.metrics.text(standing, service.now()) };
  };
}

/** How deliveries stand; undefined where the store does not say. */
const standingOf = ({ store, now }: Service): Promise<Standing | undefined> =>
  store.transaction((tx) => tx.standing(now())).catch(() => undefined);
