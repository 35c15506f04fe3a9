import { elementOf, elementsIn, extensions, textIn, type Elements } from './elements.ts';
import { readItem, type InstrumentItem, type PlacedItem } from './instrument-item.ts';
import { readScore, safetyOf, type Score } from './instrument-score.ts';
import { base, codeSystem } from './terminology.ts';

export type { AnswerOption, InstrumentItem } from './instrument-item.ts';
export type { Band, Score } from './instrument-score.ts';

const wordingUrl = `${base}/StructureDefinition/wording-contained`;

/** An instrument, as far as courses need it: what can be answered, how, and what is computed from the answers. */
export interface Instrument {
  /** Our keyword of the list `instrument`, else the url. */
  readonly key: string;
  readonly url: string;
  readonly version: string;
  readonly title: string;
  /** Whether the Questionnaire holds the instrument's own wording; undefined where it does not say. */
  readonly wording?: boolean;
  /** The items that can be answered, by linkId, in the Questionnaire's order. */
  readonly items: ReadonlyMap<string, InstrumentItem>;
  /** The scores, in the Questionnaire's order; the one whose key is `total` is the instrument's total. */
  readonly scores: readonly Score[];
  /** The items of which an answer that weighs `from` or more is worth a person's attention. */
  readonly safety: readonly { readonly linkId: string; readonly from: number }[];
}

/**
 * Understands a Questionnaire (R4) as an instrument. Nothing is known of any instrument here: items, weights, scores,
 * bands and safety items are all read. Computed items, items whose answer the course format cannot say (attachment,
 * quantity, reference, time, url) and what stands below either are no items of the instrument.
 */
export function readInstrument(questionnaire: unknown): Instrument {
  const resource = elementOf(questionnaire);
  const url = textIn(resource, 'url') ?? '';
  const placed = [...itemsBelow(resource, [])];
  const items = placed.flatMap(({ item, path }) => readItem(item, path) ?? []);
  const byLinkId = new Map(items.map((item) => [item.linkId, item]));
  const wording = extensions(resource, wordingUrl)[0]?.['valueBoolean'];
  return {
    key: keyOf(resource) ?? url,
    url,
    version: textIn(resource, 'version') ?? '',
    title: textIn(resource, 'title') ?? textIn(resource, 'name') ?? url,
    ...(typeof wording === 'boolean' && { wording }),
    items: byLinkId,
    scores: placed.flatMap(({ item }) => readScore(item, placed, byLinkId) ?? []),
    safety: items.flatMap(({ linkId }) => {
      const from = safetyOf(placed.find(({ item }) => item['linkId'] === linkId)?.item ?? {});
      return from === undefined ? [] : [{ linkId, from }];
    }),
  };
}

function* itemsBelow(parent: Elements, path: readonly string[]): Generator<PlacedItem> {
  for (const item of elementsIn(parent, 'item')) {
    yield { item, path };
    const holds = item['type'] === 'group' || readItem(item, path) !== undefined;
    if (holds) yield* itemsBelow(item, [...path, textIn(item, 'linkId') ?? '']);
  }
}

/**
 * The item that a linkId of a response means: the item's own linkId, or that of LHC-Forms, which writes a slash before
 * the code of each level (`/44250-9`; as the PHQ-9 example of US Core has it).
 */
export function itemCalled({ items }: Instrument, linkId: string): InstrumentItem | undefined {
  return (
    items.get(linkId) ?? (linkId.startsWith('/') ? items.get(linkId.slice(linkId.lastIndexOf('/') + 1)) : undefined)
  );
}

function keyOf(resource: Elements): string | undefined {
  const own = elementsIn(resource, 'code').find((coding) => coding['system'] === codeSystem('instrument'));
  return own === undefined ? undefined : textIn(own, 'code');
}
