import { partKeys } from '../../src/course/parts.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { decidePartial } from '../../src/exchange/decide-partial.ts';
import { decideSnapshot } from '../../src/exchange/decide-snapshot.ts';
import { decideSubmission } from '../../src/exchange/decide-submission.ts';
import type { Decision, Incoming, Known } from '../../src/exchange/decision.ts';
import { readSubmission } from '../../src/exchange/read-submission.ts';
import type { CourseVersion, KeptSubmission } from '../../src/exchange/store.ts';
import { writeJson } from '../../src/json/json.ts';
import { jsonFrom } from '../course/partials.ts';

/** One course in the memory of a test: what was decided of each submission is done. */
export class Ledger {
  readonly submissions: KeptSubmission[] = [];
  readonly versions: CourseVersion[] = [];
  /** The indexes of versions that a target may hold. */
  readonly sent = new Set<number>();
  readonly #limits;

  constructor(limits = { parts: 5, share: 0.2 }) {
    this.#limits = limits;
  }

  /** Submits what has a way to a course: a snapshot where it has a status, else a partial. */
  async submit(json: object, kind: 'snapshot' | 'partial' = 'snapshot'): Promise<Decision> {
    const { value, issues } = readSubmission({ text: writeJson(json), kind }, definitions);
    if (value === undefined) return { state: 'refused', issues, changes: [] };
    const decision = await decideSubmission(value.incoming, this.#known(), this.#terms(false));
    const { keep } = decision;
    if (keep !== undefined) {
      const { text, hash } = value.incoming;
      const seq = this.submissions.length;
      this.submissions.push({
        seq,
        id: `s${seq}`,
        courseId: 'c',
        kind,
        ...keep,
        hash,
        text,
        issues: [],
        receivedAt: seq,
      });
    }
    this.#do(decision, this.submissions.length - 1);
    return decision;
  }

  /** Releases the newest that is held. */
  async release(): Promise<Decision> {
    const kept = this.submissions.findLast(({ state }) => state === 'held');
    if (kept === undefined) throw new Error('nothing is held');
    const { value } = readSubmission({ text: kept.text, kind: kept.kind as Incoming['kind'] }, definitions);
    if (value === undefined) throw new Error('what is kept is right');
    const { incoming } = value;
    const decision = await (incoming.kind === 'snapshot'
      ? decideSnapshot(incoming, this.#known(kept), this.#terms(true))
      : decidePartial(incoming, this.#known(kept), this.#terms(true)));
    if (decision.keep !== undefined) this.submissions[kept.seq] = { ...kept, ...decision.keep };
    this.#do(decision, kept.seq);
    return decision;
  }

  /** The newest version begins its way to a target. */
  send(): void {
    this.sent.add(this.versions.length - 1);
  }

  get course(): TreatmentCourse | undefined {
    const text = this.versions.at(-1)?.text;
    return text === undefined ? undefined : (jsonFrom(text) as unknown as TreatmentCourse);
  }

  get text(): string | undefined {
    return this.versions.at(-1)?.text;
  }

  get partCount(): number {
    return this.course === undefined ? 0 : partKeys(this.course).size;
  }

  get states(): readonly string[] {
    return this.submissions.map(({ state }) => state);
  }

  #terms(released: boolean) {
    return { definitions, limits: this.#limits, released };
  }

  #do({ changes, version }: Decision, submissionSeq: number): void {
    for (const { seq, ...change } of changes) {
      const kept = this.submissions[seq];
      if (kept !== undefined) this.submissions[seq] = { ...kept, ...change };
    }
    if (version !== undefined) {
      const seq = this.versions.length;
      this.versions.push({ seq, courseId: 'c', submissionSeq, at: seq, ...version });
    }
  }

  #known(without?: KeptSubmission): Known {
    const all = this.submissions.filter((one) => one !== without);
    const version = this.versions.at(-1);
    const { patient } = this.course ?? {};
    return {
      record:
        all.length === 0 && version === undefined
          ? undefined
          : {
              id: 'c',
              key: { system: '', id: '' },
              patient: { system: patient?.system ?? '', value: patient?.id ?? '' },
              ...(version !== undefined && { version }),
            },
      kept: all.filter(({ state }) => state !== 'superseded'),
      present: async () => version,
      sent: async () => this.versions.filter(({ seq }) => this.sent.has(seq)),
      history: async () => all,
    };
  }
}
