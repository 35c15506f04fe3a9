import type { Approach } from './approach.ts';
import { withoutType, type Coverage } from './coverage.ts';
import type { DeliveryWorld } from './deliver-course.ts';
import { afterSuccess, lessAtOnce } from './lessons.ts';
import type { Wanted } from './wanted.ts';

/** Takes down what a delivery learns. Others learn of the same target meanwhile: what is known is read anew each time. */
export class Learner {
  readonly #knowledge: DeliveryWorld['knowledge'];

  constructor(knowledge: DeliveryWorld['knowledge']) {
    this.#knowledge = knowledge;
  }

  get coverage(): Coverage {
    return this.#knowledge.read().coverage;
  }

  /** Everything got through. A type of which something was made can be held after all. */
  success(begun: Approach, ended: Approach, now: number, made: readonly Wanted[]): void {
    this.#knowledge.learn(afterSuccess(this.#knowledge.read(), begun, ended, { now, created: made.length > 0 }));
    const { notHeld } = this.coverage;
    if (notHeld.length === 0) return;
    const types = new Set(made.map(({ mapped }): string => mapped.resource.resourceType));
    if (notHeld.some((type) => types.has(type))) this.#cover({ notHeld: notHeld.filter((type) => !types.has(type)) });
  }

  identifiers(identifiers: Coverage['identifiers']): void {
    if (identifiers !== undefined && identifiers !== this.coverage.identifiers) this.#cover({ identifiers });
  }

  notMade(types: readonly string[]): void {
    if (types.length > 0) this.#cover(types.reduce(withoutType, this.coverage));
  }

  /** Less in one request than so many entries; how many. */
  less(entries: number): number {
    const next = lessAtOnce(this.#knowledge.read(), entries);
    this.#knowledge.learn(next);
    return next.limits.entries ?? Infinity;
  }

  #cover(more: Partial<Coverage>): void {
    this.#knowledge.learn({ ...this.#knowledge.read(), coverage: { ...this.coverage, ...more } });
  }
}
