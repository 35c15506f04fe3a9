import { firstKnowledge, type TargetKnowledge } from './knowledge.ts';
import type { Answer, Capabilities, FhirServer } from './ports.ts';

/** What this process has learnt of a target, so that it is not asked twice. */
export interface Target {
  /** Asks for them, once, by way of a server that may count it. */
  capabilities(by?: FhirServer): Promise<Answer<Capabilities>>;
  /** What was learnt by those that keep nothing. */
  knowledge: TargetKnowledge;
  /**
   * Runs the tasks of one key one after the other. Two pushes of one patient at the same time could both find nothing
   * and both write: servers do not prevent it (HAPI makes duplicates).
   */
  inTurn<T>(key: string, task: () => Promise<T>): Promise<T>;
}

const targets = new WeakMap<FhirServer, Target>();

/** What is known of the target behind a server. */
export function targetOf(server: FhirServer): Target {
  const known = targets.get(server) ?? newTarget(server);
  targets.set(server, known);
  return known;
}

function newTarget(server: FhirServer): Target {
  let capable: Answer<Capabilities> | undefined;
  let asking: Promise<Answer<Capabilities>> | undefined;
  const last = new Map<string, Promise<unknown>>();
  return {
    knowledge: firstKnowledge,
    async capabilities(by = server) {
      if (capable?.kind === 'accepted') return capable;
      // It is the dearest thing to ask some servers for: those that want it at the same time share one answer.
      asking ??= by.capabilities();
      const asked = asking;
      try {
        capable = await asked;
        return capable;
      } finally {
        if (asking === asked) asking = undefined;
      }
    },
    async inTurn(key, task) {
      const run = (last.get(key) ?? Promise.resolve()).then(task, task);
      last.set(key, run);
      try {
        return await run;
      } finally {
        if (last.get(key) === run) last.delete(key);
      }
    },
  };
}
