import type { JsonObject } from '../../../src/json/json.ts';

/** A response to a Questionnaire, and what is wrong with it. */
export interface AnswerCase {
  readonly name: string;
  /** The items of the Questionnaire, and those of the response. */
  readonly asked: readonly JsonObject[];
  readonly answered: readonly JsonObject[];
  /** What we find: code and place, a blank between them. */
  readonly found: readonly string[];
  /** Why we differ from HL7's validator: the sentence of FHIR that it does not keep. */
  readonly clause?: string;
  /** What the Questionnaire and the response have beside their items; a response is completed where nothing is said. */
  readonly form?: JsonObject;
  readonly response?: JsonObject;
}

/** An item of a Questionnaire. */
export const asks = (linkId: string, type: string, more: JsonObject = {}): JsonObject => ({ linkId, type, ...more });

/** An item of a Questionnaire with items below it. */
export const asksBelow = (linkId: string, type: string, item: readonly JsonObject[], more: JsonObject = {}) =>
  asks(linkId, type, { ...more, item });

/** An item of a response: the value of each answer by the name of its type, as in `{ valueInteger: 1 }`. */
export const says = (linkId: string, ...answer: readonly JsonObject[]): JsonObject =>
  answer.length === 0 ? { linkId } : { linkId, answer };

/** An item of a response with items below it. */
export const holds = (linkId: string, ...item: readonly JsonObject[]): JsonObject => ({ linkId, item });

export const integer = (value: number): JsonObject => ({ valueInteger: value });
export const text = (value: string): JsonObject => ({ valueString: value });
export const yes: JsonObject = { valueBoolean: true };
export const no: JsonObject = { valueBoolean: false };

export const genders = 'http://hl7.org/fhir/administrative-gender';
export const coding = (code: string, system = genders): JsonObject => ({ valueCoding: { system, code } });

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';

/** An item's extension of HL7's: `['minValue', { valueInteger: 1 }]`. */
export const extended = (...extensions: readonly (readonly [string, JsonObject])[]): JsonObject => ({
  extension: extensions.map(([name, value]) => ({ url: name.includes(':') ? name : `${hl7}${name}`, ...value })),
});

/** Questions that are asked when another was answered in a certain way. */
export const when = (question: string, operator: string, answer: JsonObject): JsonObject => ({
  enableWhen: [{ question, operator, ...answer }],
});

/** The Questionnaire and the response as resources; the response refers to its form by `reference`. */
export function resourcesOf(
  { asked, answered, form, response }: AnswerCase,
  reference: string,
): { readonly questionnaire: JsonObject; readonly response: JsonObject } {
  return {
    questionnaire: { resourceType: 'Questionnaire', id: 'form', status: 'active', ...form, item: asked },
    response: {
      resourceType: 'QuestionnaireResponse',
      questionnaire: reference,
      status: 'completed',
      ...response,
      item: answered,
    },
  };
}
