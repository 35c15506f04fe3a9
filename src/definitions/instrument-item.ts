import { elementOf, elementsIn, extensions, numberIn, textIn, type Elements } from './elements.ts';

const ordinalValueUrl = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const minValueUrl = 'http://hl7.org/fhir/StructureDefinition/minValue';
const maxValueUrl = 'http://hl7.org/fhir/StructureDefinition/maxValue';

/** An item of a Questionnaire and the linkIds of the groups and questions around it, outermost first. */
export interface PlacedItem {
  readonly item: Elements;
  readonly path: readonly string[];
}

/** A coded answer that an item offers. */
export interface AnswerOption {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  /** Its ordinal value, where the Questionnaire gives one. */
  readonly weight?: number;
  /** How a course says this answer: by its weight, or by its code where it has none or shares it with another. */
  readonly answeredBy: 'value' | 'code';
}

/** An item that can be answered. */
export interface InstrumentItem {
  readonly linkId: string;
  /** The Questionnaire's type of the item; `integer` where it is a choice of whole numbers, as its answers are. */
  readonly type: string;
  readonly options: readonly AnswerOption[];
  /** The whole numbers that are offered, where the options are numbers. */
  readonly numbers?: readonly number[];
  /** The smallest and the largest answer allowed, where the Questionnaire says so. */
  readonly min?: number;
  readonly max?: number;
  /** The linkIds of the groups and questions around it, outermost first. */
  readonly path: readonly string[];
  /** The field of the course format that holds its answer; the one of its weighted options, where it has both kinds. */
  readonly answeredBy: 'value' | 'code' | 'text' | 'time' | 'yes';
}

const answerFields: Readonly<Record<string, InstrumentItem['answeredBy']>> = {
  choice: 'code',
  'open-choice': 'code',
  integer: 'value',
  decimal: 'value',
  boolean: 'yes',
  date: 'time',
  dateTime: 'time',
  string: 'text',
  text: 'text',
};

/** The item, unless it cannot be answered (groups, texts to show, computed items) or not in the words of a course. */
export function readItem(item: Elements, path: readonly string[]): InstrumentItem | undefined {
  const linkId = textIn(item, 'linkId');
  const type = textIn(item, 'type') ?? '';
  const field = answerFields[type];
  if (linkId === undefined || field === undefined || item['readOnly'] === true) return undefined;
  const options = readOptions(item);
  const numbers = elementsIn(item, 'answerOption').flatMap((option) => numberIn(option, 'valueInteger') ?? []);
  const weighted = numbers.length > 0 || options.some(({ answeredBy }) => answeredBy === 'value');
  const min = limit(item, minValueUrl);
  const max = limit(item, maxValueUrl);
  return {
    linkId,
    type: numbers.length > 0 ? 'integer' : type,
    options,
    ...(numbers.length > 0 && { numbers }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    path,
    answeredBy: weighted ? 'value' : field,
  };
}

function readOptions(item: Elements): readonly AnswerOption[] {
  const options = elementsIn(item, 'answerOption').flatMap((option) => {
    const coding = elementOf(option['valueCoding']);
    const code = textIn(coding, 'code');
    const display = textIn(coding, 'display');
    const weight = weightOf(coding) ?? weightOf(option);
    if (code === undefined) return [];
    return [
      {
        system: textIn(coding, 'system') ?? '',
        code,
        ...(display !== undefined && { display }),
        ...(weight !== undefined && { weight }),
      },
    ];
  });
  const alone = (weight: number): boolean => options.filter((other) => other.weight === weight).length === 1;
  return options.map((option) => ({
    ...option,
    answeredBy: option.weight !== undefined && alone(option.weight) ? 'value' : 'code',
  }));
}

/** R4 allows the ordinal value on the Coding; forms of LHC-Forms carry it on the option. */
function weightOf(element: Elements): number | undefined {
  const [ordinal] = extensions(element, ordinalValueUrl);
  return ordinal === undefined ? undefined : numberIn(ordinal, 'valueDecimal');
}

function limit(item: Elements, url: string): number | undefined {
  const [found] = extensions(item, url);
  if (found === undefined) return undefined;
  return numberIn(found, 'valueInteger') ?? numberIn(found, 'valueDecimal');
}
