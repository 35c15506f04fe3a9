import { isJsonNumber, isJsonObject, numberValue, type Json } from '../json/json.ts';
import type { Approach, Limits, Strategy, WriteMode } from './approach.ts';
import { firstApproach } from './approach.ts';

/** What was learnt of a target from its answers: plain JSON, kept between deliveries and shared by them. */
export interface TargetKnowledge {
  readonly strategy: Strategy;
  readonly mode: WriteMode;
  readonly patientFirst: boolean;
  /** Absent where none is known. */
  readonly limits: Partial<Limits>;
}

export const firstKnowledge: TargetKnowledge = {
  strategy: firstApproach.strategy,
  mode: firstApproach.mode,
  patientFirst: false,
  limits: {},
};

/** Reads kept knowledge; what is not understood is learnt again. */
export function knowledgeFrom(json: Json | undefined): TargetKnowledge {
  if (!isJsonObject(json)) return firstKnowledge;
  const { strategy, mode, patientFirst, limits } = json;
  return {
    strategy: oneOf(
      ['update-as-create', 'conditional-update', 'resolve-then-write'],
      strategy,
      firstKnowledge.strategy,
    ),
    mode: oneOf(['transaction', 'batch', 'single'], mode, firstKnowledge.mode),
    patientFirst: patientFirst === true,
    limits: limitsIn(limits),
  };
}

function oneOf<T extends string>(known: readonly T[], value: Json | undefined, otherwise: T): T {
  return known.find((one) => one === value) ?? otherwise;
}

function limitsIn(json: Json | undefined): Partial<Limits> {
  if (!isJsonObject(json)) return {};
  const names = ['entries', 'puts', 'bytes'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = json[name];
      return isJsonNumber(value) && numberValue(value) >= 1 ? [[name, numberValue(value)]] : [];
    }),
  );
}

/** How to begin with a target. */
export function approachTo({ strategy, mode, patientFirst, limits }: TargetKnowledge): Approach {
  return { strategy, mode, patientFirst, limits: { ...firstApproach.limits, ...limits } };
}

/** What is known of a target after everything got through in a way. */
export function learntFrom(
  knowledge: TargetKnowledge,
  { strategy, mode, patientFirst, limits }: Approach,
): TargetKnowledge {
  const finite = Object.entries(limits).filter(([, limit]) => limit !== Infinity);
  return { ...knowledge, strategy, mode, patientFirst, limits: Object.fromEntries(finite) };
}
