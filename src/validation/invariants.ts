import { compileInvariant } from '../fhirpath/compile.ts';
import type { Invariant, Model } from '../fhirpath/model.ts';
import type { Constraint } from './definition.ts';
import type { Check } from './run.ts';

/** What an invariant becomes where the compiler does not know its expression. */
export type Fallback = (expression: string, type: string) => Invariant | undefined;

/** Invariants as checks, each expression compiled once for a type. */
export class Invariants {
  readonly #model: Model;
  readonly #fallback: Fallback;
  readonly #compiled = new Map<string, Invariant | undefined>();

  constructor(model: Model, fallback: Fallback) {
    this.#model = model;
    this.#fallback = fallback;
  }

  /** The check that reports where the constraint does not hold, or that it cannot be checked. */
  of({ key, severity, expression }: Constraint, type: string): Check {
    const holds = this.#compile(expression, type);
    const facts = { rule: key };
    if (holds === undefined) return (_, run) => run.report('not-checked', facts);
    const code = severity === 'error' ? 'invariant-failed' : 'invariant-not-met';
    return (value, run) => {
      if (!holds(value, run.around)) run.report(code, facts);
    };
  }

  #compile(expression: string, type: string): Invariant | undefined {
    const key = `${type} ${expression}`;
    if (!this.#compiled.has(key)) {
      this.#compiled.set(key, compileInvariant(expression, type, this.#model) ?? this.#fallback(expression, type));
    }
    return this.#compiled.get(key);
  }
}
