import { isJsonNumber, isJsonObject, numberValue, type JsonObject } from '../../json/json.ts';
import { extensionsOf, objectsOf, propertyOf, textOf } from './answered.ts';
import { answerTypesOf, choiceRulesOf, type AnswerCodes } from './choice-rules.ts';
import { conditionOf, type Condition, type Expressions } from './enabling.ts';
import { valueRulesOf, type ValueRule } from './value-rules.ts';
import { deepest } from './visit.ts';

/** The items that may stand side by side. */
export interface Level {
  readonly items: readonly AskedItem[];
  readonly byLinkId: ReadonlyMap<string, AskedItem>;
  readonly required: readonly AskedItem[];
}

/** An item of a Questionnaire, made for checking answers to it. */
export interface AskedItem {
  readonly linkId: string;
  /** Its place among those beside it. */
  readonly index: number;
  readonly kind: 'group' | 'display' | 'question';
  readonly text: string | undefined;
  readonly required: boolean;
  readonly repeats: boolean;
  /** How often a group may stand, or how many answers a question may have. */
  readonly occurs: { readonly min: number; readonly max: number };
  readonly condition: Condition | undefined;
  /** Undefined where the item's type is none that R4 knows. */
  readonly types: readonly string[] | undefined;
  /** The first of the types, and the property for it. */
  readonly expected: { readonly type: string; readonly property: string } | undefined;
  readonly rules: readonly ValueRule[];
  readonly below: Level;
}

/** A Questionnaire, made for checking responses to it. */
export interface CompiledQuestionnaire {
  readonly level: Level;
  readonly byLinkId: ReadonlyMap<string, AskedItem>;
  readonly period: { readonly start: string | undefined; readonly end: string | undefined };
}

/** What a Questionnaire needs of the rest of the checker. */
export interface Means extends AnswerCodes {
  /** For SDC's enableWhenExpression. Without it such an item may be answered or not. */
  readonly expressions?: Expressions;
}

/** Reads a Questionnaire of R4 once. What is wrong with the Questionnaire itself is not said: it asks for nothing then. */
export function compileQuestionnaire(questionnaire: JsonObject, means: Means): CompiledQuestionnaire {
  const compiling = new Compiling(means);
  const level = compiling.level(questionnaire, undefined, 0);
  const period = isJsonObject(questionnaire['effectivePeriod']) ? questionnaire['effectivePeriod'] : {};
  return {
    level,
    byLinkId: compiling.byLinkId,
    period: { start: textOf(period['start']), end: textOf(period['end']) },
  };
}

/** An item's linkId and those of the items around it. */
interface Around {
  readonly linkId: string;
  readonly around: Around | undefined;
}

class Compiling {
  readonly #means: Means;
  readonly byLinkId = new Map<string, AskedItem>();
  readonly #places = new Map<string, Around>();

  constructor(means: Means) {
    this.#means = means;
  }

  level(holder: JsonObject, around: Around | undefined, depth: number): Level {
    const items = (depth < deepest ? objectsOf(holder['item']) : []).flatMap((item, index) => {
      const linkId = textOf(item['linkId']);
      return linkId === undefined ? [] : [this.#item(item, { linkId, around }, index, depth)];
    });
    return {
      items,
      byLinkId: firstByLinkId(items),
      required: items.filter((item) => item.required || (item.kind === 'group' && isBounded(item))),
    };
  }

  #item(item: JsonObject, place: Around, index: number, depth: number): AskedItem {
    const { linkId, around } = place;
    if (!this.#places.has(linkId)) this.#places.set(linkId, place);
    const { type } = item;
    const types = answerTypesOf(item);
    const [first] = types ?? [];
    const asked: AskedItem = {
      linkId,
      index,
      kind: type === 'group' || type === 'display' ? type : 'question',
      text: textOf(item['text']),
      required: item['required'] === true,
      repeats: item['repeats'] === true,
      occurs: { min: occursOf(item, 'minOccurs', 0), max: occursOf(item, 'maxOccurs', Number.POSITIVE_INFINITY) },
      condition: conditionOf(item, (question) => this.#shared(around, question), this.#means.expressions),
      types,
      expected: first === undefined ? undefined : { type: first, property: propertyOf(first) },
      rules: [...choiceRulesOf(item, this.#means), ...valueRulesOf(item)],
      below: this.level(item, place, depth + 1),
    };
    this.byLinkId.set(linkId, asked);
    return asked;
  }

  #shared(around: Around | undefined, question: string): string | undefined {
    const holders = new Set(chainOf(this.#places.get(question)));
    return chainOf(around).find((linkId) => holders.has(linkId));
  }
}

/** An item and those around it, from the inside. */
function chainOf(place: Around | undefined): string[] {
  const chain: string[] = [];
  for (let one = place; one !== undefined; one = one.around) chain.push(one.linkId);
  return chain;
}

const isBounded = ({ occurs }: AskedItem): boolean => occurs.min > 0 || occurs.max < Number.POSITIVE_INFINITY;

function firstByLinkId(items: readonly AskedItem[]): Map<string, AskedItem> {
  const byLinkId = new Map<string, AskedItem>();
  for (const item of items) if (!byLinkId.has(item.linkId)) byLinkId.set(item.linkId, item);
  return byLinkId;
}

function occursOf(item: JsonObject, name: string, otherwise: number): number {
  const [value] = extensionsOf(item, `http://hl7.org/fhir/StructureDefinition/questionnaire-${name}`);
  return isJsonNumber(value) ? numberValue(value) : otherwise;
}
