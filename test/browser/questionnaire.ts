import { artefacts, type Coding } from '../definitions/artefacts.ts';

/** The published Questionnaires as a renderer sees them. */

export interface FormItem {
  readonly linkId: string;
  readonly type: string;
  readonly prefix?: string;
  readonly text?: string;
  readonly readOnly?: boolean;
  readonly extension?: readonly { readonly url: string; readonly valueInteger?: number }[];
  readonly answerOption?: readonly { readonly valueCoding: Required<Coding> }[];
  readonly item?: readonly FormItem[];
}

export interface Questionnaire {
  readonly url: string;
  readonly title: string;
  readonly item: readonly FormItem[];
}

export const questionnaires = artefacts<Questionnaire>('questionnaires');

/** An item and the number of groups around it. */
export interface PlacedItem {
  readonly item: FormItem;
  readonly depth: number;
}

/** All items, in the order of a person who reads the form from top to bottom. */
export function* itemsOf({ item = [] }: Pick<FormItem, 'item'>, depth = 0): Generator<PlacedItem> {
  for (const one of item) {
    yield { item: one, depth };
    yield* itemsOf(one, depth + 1);
  }
}

/** The items that a person can answer. */
export const answerable = (questionnaire: Questionnaire): readonly PlacedItem[] =>
  [...itemsOf(questionnaire)].filter(
    ({ item: { type, readOnly } }) => type !== 'group' && type !== 'display' && readOnly !== true,
  );
