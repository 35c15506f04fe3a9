import { elementOf, elementsIn, extensions, numberIn, textIn, type Elements } from './elements.ts';
import type { InstrumentItem, PlacedItem } from './instrument-item.ts';
import { base, codeSystem, type Coding } from './terminology.ts';

const own = (name: string): string => `${base}/StructureDefinition/${name}`;
const scoreKeyUrl = own('score-key');
const scoreItemsUrl = own('score-items');
const scoreBandUrl = own('score-band');
const safetyItemUrl = own('safety-item');

/** A score's own item says total or subscore for renderers that extract Observations; of a Score, its key says it. */
const kindSystem = codeSystem('observation');

/** A range of a score that has a name; both limits belong to it. */
export interface Band {
  readonly min: number;
  readonly max: number;
  readonly coding: Coding;
}

/** A number that the Questionnaire publishes as a computed item: a sum of answers, or one that is only ever stated. */
export interface Score {
  /** `total`, or the key of a subscore. */
  readonly key: string;
  /** The computed item. */
  readonly linkId: string;
  /** The codes of the score, the standard one first, without ours that says only whether it is a total or a subscore. */
  readonly codings: readonly Coding[];
  /** The linkIds of the items that are summed, groups and subscores taken apart to theirs; none: it is only stated. */
  readonly items: readonly string[];
  readonly bands: readonly Band[];
}

/**
 * The score that a computed item publishes: it names what it sums, or has a key of its own. One without a key is called
 * by its linkId; one that sums nothing (the items of its instrument are not ours to ship) can only be stated.
 */
export function readScore(
  item: Elements,
  placed: readonly PlacedItem[],
  items: ReadonlyMap<string, InstrumentItem>,
): Score | undefined {
  const linkId = textIn(item, 'linkId');
  const named = summed(item);
  const [key] = extensions(item, scoreKeyUrl).flatMap((one) => textIn(one, 'valueString') ?? []);
  if (linkId === undefined || item['readOnly'] !== true || (named.length === 0 && key === undefined)) return undefined;
  return {
    key: key ?? linkId,
    linkId,
    codings: elementsIn(item, 'code')
      .flatMap(readCoding)
      .filter(({ system }) => system !== kindSystem),
    items: [...new Set(named.flatMap((name) => leaves(name, placed, items, new Set([linkId]))))],
    bands: extensions(item, scoreBandUrl).flatMap(readBand),
  };
}

/** From which weight on the item's answer is worth a person's attention. */
export function safetyOf(item: Elements): number | undefined {
  const [found] = extensions(item, safetyItemUrl);
  return found === undefined ? undefined : numberIn(found, 'valueInteger');
}

const summed = (item: Elements): readonly string[] =>
  extensions(item, scoreItemsUrl).flatMap((one) => textIn(one, 'valueString') ?? []);

/**
 * What a name stands for: an item for itself, a group for all that it holds, a subscore for what it sums. A name that
 * the Questionnaire does not have stands for itself: no answer ever has it, so there is no score, rather than a partial
 * one.
 */
function leaves(
  name: string,
  placed: readonly PlacedItem[],
  items: ReadonlyMap<string, InstrumentItem>,
  seen: ReadonlySet<string>,
): readonly string[] {
  const found = placed.find(({ item }) => item['linkId'] === name);
  if (found === undefined || seen.has(name)) return [name];
  const below = new Set([...seen, name]);
  if (found.item['type'] === 'group') {
    return [...items.values()].filter((one) => one.path.includes(name) && weighs(one)).map((one) => one.linkId);
  }
  const parts = summed(found.item);
  return parts.length === 0 ? [name] : parts.flatMap((part) => leaves(part, placed, items, below));
}

const weighs = ({ answeredBy, options }: InstrumentItem): boolean =>
  answeredBy === 'value' || options.some(({ weight }) => weight !== undefined);

function readBand(extension: Elements): readonly Band[] {
  const part = (url: string): Elements => extensions(extension, url)[0] ?? {};
  const min = numberIn(part('min'), 'valueDecimal');
  const max = numberIn(part('max'), 'valueDecimal');
  const [coding] = readCoding(elementOf(part('band')['valueCoding']));
  return min === undefined || max === undefined || coding === undefined ? [] : [{ min, max, coding }];
}

function readCoding(coding: Elements): readonly Coding[] {
  const system = textIn(coding, 'system');
  const code = textIn(coding, 'code');
  const display = textIn(coding, 'display');
  if (system === undefined || code === undefined) return [];
  return [{ system, code, ...(display !== undefined && { display }) }];
}
