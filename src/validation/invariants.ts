import { compileInvariant } from '../fhirpath/compile.ts';
import type { Invariant, Model } from '../fhirpath/model.ts';
import type { Constraint } from './definition.ts';
import type { Check } from './run.ts';

/**
 * R4's expressions that do not say what R4's words do: bdl-8 is about a fullUrl that is there,
 * que-12 asks for enableBehavior where there is more than one condition, que-7
 * for a boolean, the rule of names for names that are there, and opd-3 lets a parameter be a resource.
 */
const corrected: Readonly<Record<string, string>> = {
  "fullUrl.contains('/_history/').not()": "fullUrl.empty() or fullUrl.contains('/_history/').not()",
  "operator = 'exists' implies (answer is Boolean)": "operator = 'exists' implies (answer is boolean)",
  "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')": "name.exists() implies name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
  "targetProfile.exists() implies (type = 'Reference' or type = 'canonical')":
    "targetProfile.exists() implies (type = 'Reference' or type = 'canonical' or type.matches('^[A-Z][A-Za-z]+$'))",
  'enableWhen.count() > 2 implies enableBehavior.exists()': 'enableWhen.count() > 1 implies enableBehavior.exists()',
};

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
    const holds = this.#compile(corrected[expression] ?? expression, type);
    const facts = { rule: key };
    if (holds === undefined) return (_, run) => run.report('not-checked', facts);
    const code = severity === 'error' ? 'invariant-failed' : 'invariant-not-met';
    return (value, run) => {
      if (!holds(value, run.around)) run.report(code, facts);
    };
  }

  /** Whether the constraint can be checked. */
  knows({ expression }: Constraint, type: string): boolean {
    return this.#compile(corrected[expression] ?? expression, type) !== undefined;
  }

  #compile(expression: string, type: string): Invariant | undefined {
    const key = `${type} ${expression}`;
    if (!this.#compiled.has(key)) {
      this.#compiled.set(key, compileInvariant(expression, type, this.#model) ?? this.#fallback(expression, type));
    }
    return this.#compiled.get(key);
  }
}
