import type { Prepared } from './aims.ts';
import type { Approach } from './approach.ts';
import { patientOf } from './change.ts';
import type { CourseDelivery, DeliveryWorld } from './deliver-course.ts';
import type { Ending } from './delivery-outcome.ts';
import type { FirstLook } from './first-look.ts';
import { noteImpossible, typesNotMade } from './impossible.ts';
import { isDone } from './ledger.ts';
import { Learner } from './learner.ts';
import { slowSeconds } from './lessons.ts';
import type { KnownPatient } from './patient.ts';
import { patience, remedyFor, type Patience, type Setback } from './remedy.ts';
import { changesOf, endingOf, isOthersDoing, madeHere } from './round.ts';
import { lookForPatient } from './look-for-patient.ts';
import { lookFor, type LookingFor } from './situation.ts';
import type { Wanted } from './wanted.ts';
import { writeChanges } from './write-changes.ts';

/** What a delivery is about when its writing begins. */
export interface Beginning {
  readonly delivery: CourseDelivery;
  readonly prepared: Prepared;
  readonly world: DeliveryWorld;
  readonly first: FirstLook;
  readonly approach: Approach;
  /** How the delivery ends where it would have to make the patient: a request that may have made one is under way. */
  readonly early: Ending | undefined;
}

/** Whether what is new can be sent twice without harm. */
export const isIdempotent = ({ strategy }: Approach): boolean => strategy === 'update-as-create';

/**
 * Looks, and writes what is not there as it is wanted, until all of it is. Every round but the first begins with a fresh
 * look, so that a conflict, a lost answer and half an answer need no rules of their own. It ends, because each further
 * round spends patience, tries another way, or has less to write.
 */
export class Rounds {
  readonly #beginning: Beginning;
  readonly #learns: Learner;
  #approach: Approach;
  #left: Patience = patience;
  #known: KnownPatient | undefined;
  #toLookAt: readonly Wanted[];

  constructor(beginning: Beginning) {
    this.#beginning = beginning;
    this.#learns = new Learner(beginning.world.knowledge);
    this.#approach = beginning.approach;
    this.#known = beginning.first.known;
    this.#toLookAt = beginning.first.toLookAt;
  }

  async run(): Promise<Ending> {
    const { delivery, prepared, world, early } = this.#beginning;
    const { ledger } = prepared;
    for (;;) {
      const seen = await this.#look();
      if (seen !== undefined) return seen;
      const changes = changesOf(delivery, prepared);
      // A patient who is made twice is two.
      if (early !== undefined && changes.some(({ ifNoneExist }) => ifNoneExist !== undefined)) return early;
      const stop = await writeChanges(changes, {
        approach: this.#approach,
        patient: patientOf(delivery.course),
        server: world.server,
        ledger,
        stillOurs: world.stillOurs,
        now: world.now,
        tooMuch: (entries) => this.#goSmaller(entries),
      });
      if (stop === 'not-ours') return { kind: 'not-ours' };
      if (stop === undefined) return this.#end();
      const ending = stop === 'slow' ? undefined : await this.#goOnAfter(stop);
      if (ending !== undefined) return ending;
      const isOpen = (one: Wanted): boolean => !isDone(one, ledger) && !ledger.impossible.has(one.mapped.uuid);
      this.#toLookAt = stop === 'slow' ? [] : prepared.wanted.filter(isOpen);
    }
  }

  /** Looks at what is open; how the delivery ends, where that shows it. */
  async #look(): Promise<Ending | undefined> {
    const { delivery, prepared, world } = this.#beginning;
    const { ledger } = prepared;
    const patient = patientOf(delivery.course);
    if (ledger.lost.has(patient.uuid)) {
      const there = await lookForPatient(delivery.course, world.server, 'create');
      if (there.kind !== 'clear') return there;
      if (there.known === undefined) return { kind: 'lost', seconds: world.settleSeconds };
      this.#known = there.known;
      ledger.patientId = there.known.record.id;
      ledger.written.set(patient.uuid, 'created');
      ledger.lost.delete(patient.uuid);
    }
    if (this.#toLookAt.length > 0) {
      const found = await lookFor(this.#toLookAt, this.#lookingFor(), ledger);
      if (found.kind !== 'clear') return found;
      this.#learns.identifiers(found.coverage.identifiers);
      if (delivery.mode !== 'repair') noteImpossible(prepared, this.#learns.coverage.notHeld);
    }
    ledger.looked = true;
    return ledger.lost.size > 0 ? { kind: 'lost' } : undefined;
  }

  #lookingFor(): LookingFor {
    const { delivery, prepared, world } = this.#beginning;
    const { course, mode, openSince, receipt } = delivery;
    const patient = patientOf(course);
    return {
      course,
      patient: this.#known ?? madeHere(prepared.ledger.patientId, patient.identifier),
      server: world.server,
      whereabouts: { types: prepared.types(), patient },
      coverage: this.#learns.coverage,
      ourIds: isIdempotent(this.#approach),
      // What was lost before the receipt was written it tells; what went unheard since it does not.
      open: openSince !== undefined && (receipt === undefined || openSince > receipt.at),
      repairs: mode === 'repair',
      reclaims: prepared.reclaims,
    };
  }

  /** Goes on after a setback in another way; how the delivery ends, where there is none. */
  async #goOnAfter(stop: Setback): Promise<Ending | undefined> {
    const { prepared, world } = this.#beginning;
    if (stop.failure?.kind === 'unknown') {
      if (stop.seconds > slowSeconds || stop.failure.status === 504) this.#goSmaller(stop.consist.entries);
      // What is found again under an id of ours can be looked for at once; the rest may still be under way.
      return isIdempotent(this.#approach) ? undefined : { kind: 'lost', seconds: world.settleSeconds };
    }
    const remedy = remedyFor(stop, this.#approach, this.#left);
    if (remedy !== undefined) {
      if (remedy.waitSeconds !== undefined) await world.server.wait(remedy.waitSeconds);
      ({ approach: this.#approach, patience: this.#left } = remedy);
      return undefined;
    }
    const isOver = stop.failure !== undefined || stop.refusals.size === 0 || isOthersDoing(stop, prepared);
    if (isOver) return endingOf(stop);
    this.#setAside(stop);
    return undefined;
  }

  /** What was refused by itself stays so, and the rest goes on without it. */
  #setAside(stop: Setback): void {
    const { prepared } = this.#beginning;
    const types = typesNotMade(stop, prepared);
    this.#learns.notMade(types);
    noteImpossible(prepared, types);
    for (const [uuid, refusal] of stop.refusals) {
      if (!prepared.ledger.impossible.has(uuid)) prepared.ledger.refused.set(uuid, refusal);
    }
  }

  async #end(): Promise<Ending> {
    const { prepared, world, first, approach } = this.#beginning;
    const { ledger, wanted } = prepared;
    if (ledger.refused.size > 0) return { kind: 'failed' };
    const made = wanted.filter(({ mapped }) => ledger.written.get(mapped.uuid) === 'created');
    this.#learns.success(approach, this.#approach, world.now(), made);
    await this.#learnWhetherNamed(made);
    return { kind: 'done', issues: first.issues };
  }

  /** Looks once, on a target that is new to us, whether what was written is found by its identifier. */
  async #learnWhetherNamed(made: readonly Wanted[]): Promise<void> {
    const { ledger } = this.#beginning.prepared;
    if (this.#learns.coverage.identifiers !== undefined) return;
    const some = [...Map.groupBy(made, ({ mapped }) => mapped.resource.resourceType).values()].flatMap((ofType) =>
      ofType.slice(-1),
    );
    if (some.length === 0) return;
    const found = await lookFor(some, this.#lookingFor(), { ...ledger, rows: new Map(ledger.rows) });
    if (found.kind === 'clear') this.#learns.identifiers(found.coverage.identifiers);
  }

  #goSmaller(entries: number): void {
    const limit = Math.min(this.#approach.limits.entries, this.#learns.less(entries));
    this.#approach = { ...this.#approach, limits: { ...this.#approach.limits, entries: limit } };
  }
}
