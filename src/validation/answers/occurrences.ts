import { isJsonObject, type JsonObject } from '../../json/json.ts';
import { listOf, objectsOf, textOf } from './answered.ts';
import { deepest, isAnswerStep, stepToAnswer, stepToItem, type Steps } from './visit.ts';

/** An item or an answer of a response: its number in the order of the document, and the last of what lies in it. */
interface Occurrence {
  readonly element: JsonObject;
  readonly linkId: string | undefined;
  readonly within: Occurrence | undefined;
  readonly start: number;
  readonly below: Map<number, Occurrence>;
  end: number;
}

/** Where the items of a response stand. It is made when the first condition asks, in time linear in the response. */
export class Occurrences {
  readonly response: JsonObject;
  readonly #byLinkId = new Map<string, Occurrence[]>();
  #root: Occurrence | undefined;
  #count = 0;

  constructor(response: JsonObject) {
    this.response = response;
  }

  /**
   * The answers to the occurrence of a question that is nearest: `Questionnaire.item.enableWhen.question` says "tracing
   * first the 'ancestor' axis and then the 'preceding' axis and then the 'following' axis".
   */
  answersTo(question: string, from: Steps): readonly JsonObject[] {
    const place = this.#at(from);
    for (let around: Occurrence | undefined = place; around !== undefined; around = around.within) {
      if (around.linkId === question) return objectsOf(around.element['answer']);
    }
    const sorted = this.#byLinkId.get(question) ?? [];
    // What is missing would stand at the end of what it is missing in; an item itself holds nothing that it depends on.
    const before = countUpTo(sorted, place.end);
    return objectsOf((sorted[before - 1] ?? sorted[before])?.element['answer']);
  }

  #at(steps: Steps): Occurrence {
    if (this.#root === undefined) {
      this.#root = this.#occurrenceOf(this.response, undefined, undefined);
      this.#walk(this.#root, 0);
    }
    let place = this.#root;
    for (const step of steps) place = place.below.get(step) ?? place;
    return place;
  }

  #occurrenceOf(element: JsonObject, linkId: string | undefined, within: Occurrence | undefined): Occurrence {
    const start = this.#count;
    this.#count += 1;
    return { element, linkId, within, start, below: new Map(), end: start };
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
    const linkId = isAnswerStep(step) ? undefined : (textOf(element['linkId']) ?? '');
    const occurrence = this.#occurrenceOf(element, linkId, within);
    within.below.set(step, occurrence);
    if (linkId !== undefined) this.#listOf(linkId).push(occurrence);
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
