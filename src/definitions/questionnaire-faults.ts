import {
  faultUnless,
  listFaults,
  locatedExtensions,
  locatedIn,
  type DefinitionFault,
  type Located,
} from './definition-fault.ts';
import { elementOf, extensions, numberIn, textIn, type Elements } from './elements.ts';
import { readInstrument } from './instrument.ts';
import { base } from './terminology.ts';

const own = (name: string): string => `${base}/StructureDefinition/${name}`;
const scoreItemsUrl = own('score-items');
const ordinalValueUrl = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';

/** What `definitionFaults` says of a Questionnaire. */
export function questionnaireFaults(questionnaire: Elements): readonly DefinitionFault[] {
  const root = { element: questionnaire, at: 'Questionnaire' };
  const items = [...itemsBelow(root)];
  const counted = countedIn(questionnaire, items);
  const seen = new Set<string>();
  return [
    ...listFaults(root, ['item', 'extension', 'code']),
    ...(questionnaire['item'] === undefined || Array.isArray(questionnaire['item'])
      ? faultUnless(items.length > 0, 'Questionnaire.item', 'A Questionnaire has at least one item.')
      : []),
    ...items.flatMap((item) => [
      ...listFaults(item, ['item', 'extension', 'answerOption', 'code']),
      ...linkIdFaults(item, seen),
      ...locatedIn(item, 'answerOption').flatMap(weightFaults),
      ...scoreFaults(item, counted),
    ]),
  ];
}

function* itemsBelow(parent: Located): Generator<Located> {
  for (const item of locatedIn(parent, 'item')) {
    yield item;
    yield* itemsBelow(item);
  }
}

/** The linkIds that a score may name: items that can be answered, groups, and scores that sum others. */
function countedIn(questionnaire: Elements, items: readonly Located[]): ReadonlySet<string> {
  const sums = items.filter(
    ({ element }) => element['type'] === 'group' || extensions(element, scoreItemsUrl).length > 0,
  );
  const answered = readInstrument(questionnaire).items.keys();
  return new Set([...answered, ...sums.flatMap(({ element }) => textIn(element, 'linkId') ?? [])]);
}

/** Adds the linkId to those that were seen. */
function linkIdFaults({ element, at }: Located, seen: Set<string>): readonly DefinitionFault[] {
  const linkId = textIn(element, 'linkId') ?? '';
  if (linkId === '') return [{ at: `${at}.linkId`, says: 'An item has a linkId.' }];
  const isNew = !seen.has(linkId);
  seen.add(linkId);
  return faultUnless(isNew, `${at}.linkId`, 'No two items have the same linkId.');
}

function weightFaults(option: Located): readonly DefinitionFault[] {
  const coding = { element: elementOf(option.element['valueCoding']), at: `${option.at}.valueCoding` };
  return [
    ...listFaults(option, ['extension']),
    ...listFaults(coding, ['extension']),
    ...[coding, option].flatMap((holder) =>
      locatedExtensions(holder, ordinalValueUrl).flatMap((weight) => numberFault(weight, 'valueDecimal')),
    ),
  ];
}

const numberFault = ({ element, at }: Located, name: string): readonly DefinitionFault[] =>
  faultUnless(numberIn(element, name) !== undefined, `${at}.${name}`, 'A number is expected.');

function scoreFaults(item: Located, counted: ReadonlySet<string>): readonly DefinitionFault[] {
  const keys = locatedExtensions(item, own('score-key'));
  const summed = locatedExtensions(item, scoreItemsUrl);
  const isScore = keys.length > 0 || summed.length > 0;
  return [
    ...faultUnless(
      !isScore || item.element['readOnly'] === true,
      `${item.at}.readOnly`,
      'An item that holds a score is readOnly.',
    ),
    ...keys.flatMap(({ element, at }) =>
      faultUnless(textIn(element, 'valueString') !== undefined, `${at}.valueString`, 'A score has a key.'),
    ),
    ...summed.flatMap(({ element, at }) =>
      faultUnless(
        counted.has(textIn(element, 'valueString') ?? ''),
        `${at}.valueString`,
        'A score names only items of this Questionnaire that can be counted.',
      ),
    ),
    ...locatedExtensions(item, own('safety-item')).flatMap((safety) => numberFault(safety, 'valueInteger')),
    ...locatedExtensions(item, own('score-band')).flatMap(bandFaults),
  ];
}

function bandFaults(band: Located): readonly DefinitionFault[] {
  const part = (url: string): Elements => extensions(band.element, url)[0] ?? {};
  const [min, max] = ['min', 'max'].map((url) => numberIn(part(url), 'valueDecimal'));
  const coding = elementOf(part('band')['valueCoding']);
  return [
    ...(min === undefined || max === undefined
      ? [{ at: band.at, says: 'A band has a min and a max that are numbers.' }]
      : faultUnless(min <= max, band.at, 'The min of a band is no more than its max.')),
    ...faultUnless(
      textIn(coding, 'system') !== undefined && textIn(coding, 'code') !== undefined,
      band.at,
      'A band has a coding with a system and a code.',
    ),
  ];
}
