import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { givenIn, listOf, textOf, type Given } from './answered.ts';
import type { AskedItem, CompiledQuestionnaire, Level } from './compile-questionnaire.ts';
import { Occurrences } from './occurrences.ts';
import { compared } from './order.ts';
import { stepToAnswer, stepToItem, Visit, type Report } from './visit.ts';

/**
 * Says what is wrong with a QuestionnaireResponse as answers to its Questionnaire: R4's pages of both, and where these are
 * silent HL7's validator. Its shape is not judged here; whatever has another shape is passed over.
 */
export function checkAnswers(response: JsonObject, questionnaire: CompiledQuestionnaire, report: Report): void {
  new Checking(response, questionnaire, report).all();
}

class Checking {
  readonly #response: JsonObject;
  readonly #questionnaire: CompiledQuestionnaire;
  readonly #visit: Visit;
  readonly #isFinal: boolean;
  #occurrences: Occurrences | undefined;

  constructor(response: JsonObject, questionnaire: CompiledQuestionnaire, report: Report) {
    this.#response = response;
    this.#questionnaire = questionnaire;
    this.#visit = new Visit(report);
    this.#isFinal = response['status'] === 'completed' || response['status'] === 'amended';
  }

  all(): void {
    const { period, level } = this.#questionnaire;
    const authored = textOf(this.#response['authored']);
    if (authored !== undefined && (period.start ?? period.end) !== undefined) {
      const isEarly = (compared('dateTime', authored, period.start) ?? 0) < 0;
      const isLate = (compared('dateTime', authored, period.end) ?? 0) > 0;
      if (isEarly || isLate) this.#visit.say('response-outside-period', undefined, '.authored');
    }
    this.#items(level, this.#response, true);
  }

  /** Items side by side; those of what is not enabled are not required. */
  #items(level: Level, holder: JsonObject, isEnabled: boolean): void {
    const items = listOf(holder['item']);
    let last = -1;
    let isInOrder = true;
    let isTwice = false;
    for (let place = 0; place < items.length; place += 1) {
      const item = items[place];
      const asked = isJsonObject(item) ? this.#askedBy(level, item, place, isEnabled) : undefined;
      if (asked === undefined) continue;
      if (asked.index < last) isInOrder = false;
      else if (asked.index === last && !asked.repeats) isTwice = true;
      last = asked.index;
    }
    if (!isInOrder) this.#visit.say('response-items-out-of-order');
    // Where all are in order, what stands twice stands side by side.
    if (!isInOrder || isTwice || level.required.length > 0) this.#counts(level, items, isEnabled);
  }

  #counts(level: Level, items: readonly Json[], isEnabled: boolean): void {
    const counts = new Map<AskedItem, number>();
    for (const item of items) {
      const linkId = isJsonObject(item) ? textOf(item['linkId']) : undefined;
      const asked = linkId === undefined ? undefined : level.byLinkId.get(linkId);
      if (asked !== undefined) counts.set(asked, (counts.get(asked) ?? 0) + 1);
    }
    for (const [asked, count] of counts) {
      if (count > 1 && !asked.repeats) this.#visit.say('response-item-twice', { item: asked.linkId });
    }
    for (const asked of level.required) this.#required(asked, counts.get(asked) ?? 0, isEnabled);
  }

  /** Checks an item, and gives what it answers where it stands in its place. */
  #askedBy(level: Level, item: JsonObject, place: number, isEnabled: boolean): AskedItem | undefined {
    const linkId = item['linkId'];
    if (typeof linkId !== 'string' || linkId === '') {
      if (linkId === undefined || linkId === '') this.#visit.say('response-item-without-link');
      return undefined;
    }
    const asked = level.byLinkId.get(linkId);
    const meant = asked ?? this.#questionnaire.byLinkId.get(linkId);
    if (meant === undefined) this.#visit.say('response-item-unknown');
    else {
      if (asked === undefined) this.#visit.say('response-item-misplaced', { item: meant.linkId });
      if (this.#visit.enter(stepToItem(place))) {
        // Of what is not enabled the items are not enabled either; whether their own conditions say so is said all the same.
        this.#item(meant, item, (asked === undefined || this.#isEnabled(asked, item)) && isEnabled);
      }
      this.#visit.leave();
    }
    return asked;
  }

  /** Whether the item that the walk is at is enabled; that it is answered all the same is said. */
  #isEnabled({ condition, linkId }: AskedItem, item: JsonObject): boolean {
    if (condition === undefined) return true;
    const isEnabled = condition(this.#places(), this.#visit.steps);
    if (isEnabled === true || (listOf(item['answer']).length === 0 && listOf(item['item']).length === 0)) {
      return isEnabled === true;
    }
    this.#visit.say(isEnabled === undefined ? 'not-checked' : 'response-item-not-enabled', { item: linkId });
    return false;
  }

  #places(): Occurrences {
    this.#occurrences ??= new Occurrences(this.#response);
    return this.#occurrences;
  }

  #required(asked: AskedItem, count: number, isEnabled: boolean): void {
    const { linkId: item, occurs } = asked;
    if (count === 0) {
      if (!isEnabled || !asked.required) return;
      if (asked.condition === undefined || asked.condition(this.#places(), this.#visit.steps) === true)
        this.#missing(asked);
    } else if (asked.kind === 'group') {
      if (count < occurs.min) this.#visit.say('too-few', { item, min: occurs.min });
      if (count > occurs.max) this.#visit.say('too-many', { item, max: occurs.max });
    }
  }

  #missing({ linkId }: AskedItem): void {
    this.#visit.say(this.#isFinal ? 'response-answer-missing' : 'response-answer-missing-so-far', { item: linkId });
  }

  #item(asked: AskedItem, item: JsonObject, isEnabled: boolean): void {
    const text = textOf(item['text']);
    if (text !== undefined && text !== asked.text && text.trim() !== '') this.#visit.say('response-text-differs');
    const answers = listOf(item['answer']);
    const items = listOf(item['item']);
    if (asked.kind === 'display') {
      if (answers.length > 0 || items.length > 0) this.#visit.say('response-display-filled');
      this.#answers(asked, answers, isEnabled);
    } else if (asked.kind === 'group') this.#group(asked, item, isEnabled);
    else {
      if (items.length > 0) this.#visit.say('response-items-outside-answer');
      this.#question(asked, answers, isEnabled);
    }
  }

  #group(asked: AskedItem, item: JsonObject, isEnabled: boolean): void {
    if (listOf(item['answer']).length > 0) this.#visit.say('response-group-answered');
    if (asked.required && isEnabled && listOf(item['item']).length === 0) {
      if (this.#isFinal) this.#visit.say('response-group-empty');
      else this.#missing(asked);
    }
    this.#items(asked.below, item, isEnabled);
  }

  #question(asked: AskedItem, answers: readonly Json[], isEnabled: boolean): void {
    if (answers.length === 0) {
      if (asked.required && isEnabled) this.#missing(asked);
      return;
    }
    const { min, max } = asked.occurs;
    if (answers.length > 1 && !asked.repeats) this.#visit.say('response-answer-twice');
    if (answers.length > max) this.#visit.say('too-many', { max });
    if (answers.length < min) this.#visit.say('too-few', { min });
    this.#answers(asked, answers, isEnabled);
  }

  #answers(asked: AskedItem, answers: readonly Json[], isEnabled: boolean): void {
    for (let place = 0; place < answers.length; place += 1) {
      const answer = answers[place];
      if (!isJsonObject(answer)) continue;
      if (this.#visit.enter(stepToAnswer(place))) this.#answer(asked, answer, answers.length, isEnabled);
      this.#visit.leave();
    }
  }

  #answer(asked: AskedItem, answer: JsonObject, answers: number, isEnabled: boolean): void {
    const given = this.#givenIn(asked, answer);
    if (given !== undefined && asked.types !== undefined) {
      if (!asked.types.includes(given.type)) this.#visit.sayOfValue(given.type, 'response-answer-type');
      else if (given.value !== undefined) for (const rule of asked.rules) rule(given, this.#visit, answers);
    }
    this.#items(asked.below, answer, isEnabled);
  }

  /** Most answers have the value that they should have: it is looked for first. */
  #givenIn({ expected }: AskedItem, answer: JsonObject): Given | undefined {
    const value = expected === undefined ? undefined : answer[expected.property];
    return expected === undefined || value === undefined ? givenIn(answer) : { type: expected.type, value };
  }
}
