import type { IssueCode } from '../../outcome/catalogue.ts';
import type { Issue } from '../../outcome/issue.ts';

export type Facts = NonNullable<Issue['facts']>;

/** Takes what is wrong: the code, the place from the root of the response, and words of the Questionnaire. */
export type Report = (code: IssueCode, at: string, facts?: Facts) => void;

/** FHIR's forms nest a few levels; what is nested deeper was made to exhaust a reader. */
export const deepest = 200;

/** The way from the root of a response to an item or an answer: numbers that `stepToItem` and `stepToAnswer` make. */
export type Steps = readonly number[];

export const stepToItem = (index: number): number => index * 2;
export const stepToAnswer = (index: number): number => index * 2 + 1;
export const isAnswerStep = (step: number): boolean => step % 2 === 1;
const segmentOf = (step: number): string => (isAnswerStep(step) ? `.answer[${(step - 1) / 2}]` : `.item[${step / 2}]`);

/** A walk through a response: where it is. A place becomes a text only when something is wrong there. */
export class Visit {
  readonly #report: Report;
  readonly #steps: number[] = [];

  constructor(report: Report) {
    this.#report = report;
  }

  get steps(): Steps {
    return this.#steps;
  }

  /** Goes to an item or an answer below; false where that is too deep to go on. Whoever entered leaves. */
  enter(step: number): boolean {
    this.#steps.push(step);
    if (this.#steps.length <= deepest) return true;
    this.say('nested-too-deeply');
    return false;
  }

  leave(): void {
    this.#steps.pop();
  }

  /** Says that something is wrong here, or at what `below` names. */
  say(code: IssueCode, facts?: Facts, below = ''): void {
    let at = 'QuestionnaireResponse';
    for (const step of this.#steps) at += segmentOf(step);
    this.#report(code, at + below, facts);
  }

  /** Says that something is wrong with the value of the answer that the walk is at. */
  sayOfValue(type: string, code: IssueCode, facts?: Facts): void {
    this.say(code, facts, `.value.ofType(${type})`);
  }
}
