import { isJsonObject, type JsonObject } from '../../json/json.ts';
import { listOf, objectsOf, textOf } from './answered.ts';
import { deepest, isAnswerStep, stepToAnswer, stepToItem, type Steps } from './visit.ts';

/** The answers to one question in one place, and what was found of them: a question can decide on many others. */
export interface Answers {
  readonly list: JsonObject[];
  found: Map<object, boolean> | undefined;
}

/** An item or an answer of a response: its number in the order of the document, and the last of what lies in it. */
interface Occurrence {
  readonly element: JsonObject;
  readonly linkId: string | undefined;
  readonly within: Occurrence | undefined;
  /** Those of all items that stand side by side with the same linkId. */
  readonly answers: Answers;
  readonly start: number;
  below: Map<number, Occurrence> | undefined;
  end: number;
}

/** Where the items of a response stand. It is made when the first condition asks, in time linear in the response. */
export class Occurrences {
  readonly response: JsonObject;
  readonly #byLinkId = new Map<string, Occurrence[]>();
  #root: Occurrence | undefined;
  #count = 0;
  readonly #none = noAnswers();

  constructor(response: JsonObject) {
    this.response = response;
  }

  /**
   * The answers to the occurrence of a question that is nearest within what both questions share, the item with linkId
   * `shared` or the whole response. `Questionnaire.item.enableWhen.question` says "tracing first the 'ancestor' axis and
   * then the 'preceding' axis and then the 'following' axis", and HL7's validator never leaves what both share.
   */
  answersTo(question: string, shared: string | undefined, from: Steps): Answers {
    const place = this.#at(from);
    const scope = scopeOf(place, shared);
    if (scope === undefined) return this.#none;
    if (scope.linkId === question) return scope.answers;
    const sorted = this.#byLinkId.get(question) ?? [];
    // What is missing would stand at the end of what it is missing in; an item itself holds nothing that it depends on.
    const after = countUpTo(sorted, place.end);
    const [before, behind] = [sorted[after - 1], sorted[after]];
    if (before !== undefined && before.start >= scope.start) return before.answers;
    return behind !== undefined && behind.start <= scope.end ? behind.answers : this.#none;
  }

  #at(steps: Steps): Occurrence {
    if (this.#root === undefined) {
      this.#root = this.#occurrenceOf(this.response, undefined, undefined, this.#none);
      this.#walk(this.#root, 0);
    }
    let place = this.#root;
    for (const step of steps) place = place.below?.get(step) ?? place;
    return place;
  }

  #occurrenceOf(
    element: JsonObject,
    linkId: string | undefined,
    within: Occurrence | undefined,
    answers: Answers,
  ): Occurrence {
    const start = this.#count;
    this.#count += 1;
    return { element, linkId, within, answers, start, below: undefined, end: start };
  }

  #walk(within: Occurrence, depth: number): void {
    if (depth <= deepest) {
      for (const [index, answer] of listOf(
        within.linkId === undefined ? undefined : within.element['answer'],
      ).entries()) {
        if (isJsonObject(answer)) this.#add(within, stepToAnswer(index), answer, depth);
      }
      for (const [index, item] of listOf(within.element['item']).entries()) {
        if (isJsonObject(item)) this.#add(within, stepToItem(index), item, depth);
      }
    }
    within.end = this.#count - 1;
  }

  #add(within: Occurrence, step: number, element: JsonObject, depth: number): void {
    if (isAnswerStep(step)) {
      this.#place(this.#occurrenceOf(element, undefined, within, this.#none), within, step, depth);
      return;
    }
    const linkId = textOf(element['linkId']) ?? '';
    const sorted = this.#listOf(linkId);
    const beside = sorted.at(-1);
    const answers = beside?.within === within ? beside.answers : noAnswers();
    for (const answer of objectsOf(element['answer'])) answers.list.push(answer);
    const occurrence = this.#occurrenceOf(element, linkId, within, answers);
    sorted.push(occurrence);
    this.#place(occurrence, within, step, depth);
  }

  #place(occurrence: Occurrence, within: Occurrence, step: number, depth: number): void {
    (within.below ??= new Map()).set(step, occurrence);
    this.#walk(occurrence, depth + 1);
  }

  #listOf(linkId: string): Occurrence[] {
    const known = this.#byLinkId.get(linkId);
    if (known !== undefined) return known;
    const list: Occurrence[] = [];
    this.#byLinkId.set(linkId, list);
    return list;
  }
}

const noAnswers = (): Answers => ({ list: [], found: undefined });

/** The item with this linkId that the place is in or is; the whole response where there is no linkId. */
function scopeOf(place: Occurrence, linkId: string | undefined): Occurrence | undefined {
  let around: Occurrence | undefined = place;
  while (around !== undefined && (linkId === undefined ? around.within !== undefined : around.linkId !== linkId)) {
    around = around.within;
  }
  return around;
}

/** How many of the occurrences start at `place` or before it. */
function countUpTo(sorted: readonly Occurrence[], place: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
