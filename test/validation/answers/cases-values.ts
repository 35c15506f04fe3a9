import type { JsonObject } from '../../../src/json/json.ts';
import { asks, coding, extended, genders, integer, says, text, yes, type AnswerCase } from './case.ts';

const root = 'QuestionnaireResponse';
const value = (type: string): string => `${root}.item[0].answer[0].value.ofType(${type})`;

const one = (
  name: string,
  asked: JsonObject,
  answer: JsonObject,
  found: readonly string[],
  clause?: string,
): AnswerCase => ({
  name,
  asked: [asked],
  answered: [says('a', answer)],
  found,
  ...(clause === undefined ? {} : { clause }),
});

const wrong = (type: string): string[] => [`response-answer-type ${value(type)}`];

const attachment = { valueAttachment: { contentType: 'text/plain', data: 'aGVsbG8=' } };
const reference = { valueReference: { reference: 'Patient/1' } };
const quantity = (number: number, unit = 'kg'): JsonObject => ({
  valueQuantity: { value: number, unit, system: 'http://unitsofmeasure.org', code: unit },
});

/** Each type of question with an answer of its own type, and with one of another. */
const typeCases: readonly AnswerCase[] = [
  one('a boolean', asks('a', 'boolean'), yes, []),
  one('a text for a boolean', asks('a', 'boolean'), text('yes'), wrong('string')),
  one('a decimal', asks('a', 'decimal'), { valueDecimal: 1.5 }, []),
  one('an integer for a decimal', asks('a', 'decimal'), integer(1), wrong('integer')),
  one('a decimal for an integer', asks('a', 'integer'), { valueDecimal: 1.5 }, wrong('decimal')),
  one('a date', asks('a', 'date'), { valueDate: '2026-01-05' }, []),
  one('a dateTime for a date', asks('a', 'date'), { valueDateTime: '2026-01-05' }, wrong('dateTime')),
  one('a dateTime', asks('a', 'dateTime'), { valueDateTime: '2026-01-05T10:00:00Z' }, []),
  one('a date for a dateTime', asks('a', 'dateTime'), { valueDate: '2026-01-05' }, wrong('date')),
  one('a time', asks('a', 'time'), { valueTime: '10:00:00' }, []),
  one('a text for a time', asks('a', 'time'), text('10:00:00'), wrong('string')),
  one('a string', asks('a', 'string'), text('one'), []),
  one('an integer for a string', asks('a', 'string'), integer(1), wrong('integer')),
  one('a text', asks('a', 'text'), text('one\ntwo'), []),
  one('a uri for a text', asks('a', 'text'), { valueUri: 'urn:a' }, wrong('uri')),
  one('a url', asks('a', 'url'), { valueUri: 'https://example.org' }, []),
  one('a text for a url', asks('a', 'url'), text('https://example.org'), wrong('string')),
  one('an attachment', asks('a', 'attachment'), attachment, []),
  one('a text for an attachment', asks('a', 'attachment'), text('hello'), wrong('string')),
  one('a reference', asks('a', 'reference'), reference, []),
  one('a text for a reference', asks('a', 'reference'), text('Patient/1'), wrong('string')),
  one('a quantity', asks('a', 'quantity'), quantity(70), []),
  one('a decimal for a quantity', asks('a', 'quantity'), { valueDecimal: 70 }, wrong('decimal')),
  one('a quantity for a decimal', asks('a', 'decimal'), quantity(70), wrong('Quantity')),
  one(
    'a boolean for a choice',
    asks('a', 'choice', { answerValueSet: hl7Set('administrative-gender') }),
    yes,
    wrong('boolean'),
  ),
  one(
    'a decimal for an open choice',
    asks('a', 'open-choice', { answerOption: [text('one')] }),
    { valueDecimal: 1 },
    wrong('decimal'),
  ),
  one('a coding for a string', asks('a', 'string'), coding('male'), wrong('Coding')),
  one(
    'an answer without value',
    asks('a', 'integer'),
    { extension: [{ url: 'https://example.org/why', valueString: 'refused' }] },
    [],
  ),
  one(
    'an integer that is absent for a reason',
    asks('a', 'integer'),
    {
      _valueInteger: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'asked-declined' }],
      },
    },
    [],
    'ele-1: "All FHIR elements must have a @value or children", and an extension is a child',
  ),
  one(
    'a text that is absent for a reason, for an integer',
    asks('a', 'integer'),
    {
      _valueString: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'asked-declined' }],
      },
    },
    wrong('string'),
  ),
];

function hl7Set(name: string): string {
  return `http://hl7.org/fhir/ValueSet/${name}`;
}

const between = asks('a', 'integer', extended(['minValue', integer(1)], ['maxValue', integer(3)]));
const tenths = asks('a', 'decimal', extended(['minValue', { valueDecimal: 0.5 }], ['maxValue', { valueDecimal: 1.5 }]));
const decimals = asks('a', 'decimal', extended(['maxDecimalPlaces', integer(2)]));
const january = asks(
  'a',
  'date',
  extended(['minValue', { valueDate: '2026-01-10' }], ['maxValue', { valueDate: '2026-01-20' }]),
);
const morning = asks(
  'a',
  'time',
  extended(['minValue', { valueTime: '08:00:00' }], ['maxValue', { valueTime: '12:00:00' }]),
);
const moment = asks(
  'a',
  'dateTime',
  extended(
    ['minValue', { valueDateTime: '2026-01-10T10:00:00Z' }],
    ['maxValue', { valueDateTime: '2026-01-20T10:00:00Z' }],
  ),
);
const days = asks(
  'a',
  'dateTime',
  extended(['minValue', { valueDateTime: '2026-01-10' }], ['maxValue', { valueDateTime: '2026-01-20' }]),
);
const short = asks('a', 'string', { maxLength: 5, ...extended(['minLength', integer(2)]) });
const matching = asks('a', 'string', extended(['regex', { valueString: '[A-Z]{2}[0-9]+' }]));
const unitOf = (unit: JsonObject): readonly [string, JsonObject] => ['questionnaire-unitOption', { valueCoding: unit }];
const ucum = 'http://unitsofmeasure.org';
const weighed = asks(
  'a',
  'quantity',
  extended(unitOf({ system: ucum, code: 'kg', display: 'kg' }), unitOf({ system: ucum, code: 'g' })),
);
const heavy = (bound: string, unit: JsonObject = { system: ucum, code: 'kg', unit: 'kg' }): JsonObject =>
  asks(
    'a',
    'quantity',
    extended([
      `http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-${bound}Quantity`,
      { valueQuantity: { value: 50, ...unit } },
    ]),
  );

const longest =
  'Questionnaire.item.maxLength: "The maximum number of characters that are permitted in the answer"; que-10 names the types';
const lowest = 'sdc-questionnaire-minQuantity is the least, and the judge takes it for the greatest';
const bounds = 'minValue, maxValue: "The inclusive … bound on the range of allowed values"';

/** Ranges, lengths, digits, patterns and units. */
const rangeCases: readonly AnswerCase[] = [
  one('the least', between, integer(1), []),
  one('the greatest', between, integer(3), []),
  one('below the least', between, integer(0), [`value-too-small ${value('integer')}`]),
  one('above the greatest', between, integer(4), [`value-too-large ${value('integer')}`]),
  one('the least decimal', tenths, { valueDecimal: 0.5 }, []),
  one('below the least decimal', tenths, { valueDecimal: 0.49 }, [`value-too-small ${value('decimal')}`]),
  one('above the greatest decimal', tenths, { valueDecimal: 1.51 }, [`value-too-large ${value('decimal')}`]),
  one('two decimals', decimals, { valueDecimal: 1.25 }, []),
  one('three decimals', decimals, { valueDecimal: 1.255 }, [`response-too-many-decimals ${value('decimal')}`]),
  one('the first day', january, { valueDate: '2026-01-10' }, []),
  one('the day before', january, { valueDate: '2026-01-09' }, [`value-too-small ${value('date')}`]),
  one('the day after', january, { valueDate: '2026-01-21' }, [`value-too-large ${value('date')}`]),
  one('the month of the first day', january, { valueDate: '2026-01' }, [], bounds),
  one('the month after', january, { valueDate: '2026-02' }, [`value-too-large ${value('date')}`]),
  one('the first hour', morning, { valueTime: '08:00:00' }, []),
  one('too early', morning, { valueTime: '07:59:59' }, [`value-too-small ${value('time')}`]),
  one('too late', morning, { valueTime: '12:00:01' }, [`value-too-large ${value('time')}`]),
  one('the first moment', moment, { valueDateTime: '2026-01-10T11:00:00+01:00' }, []),
  one('the moment before', moment, { valueDateTime: '2026-01-10T10:59:59+01:00' }, [
    `value-too-small ${value('dateTime')}`,
  ]),
  one('the moment after', moment, { valueDateTime: '2026-01-20T10:00:01Z' }, [`value-too-large ${value('dateTime')}`]),
  one('a moment of the last day', days, { valueDateTime: '2026-01-20T10:00:00Z' }, [], bounds),
  one('a moment after the last day', days, { valueDateTime: '2026-01-21T10:00:00Z' }, [
    `value-too-large ${value('dateTime')}`,
  ]),
  one('as long as allowed', short, text('abcde'), []),
  one('too long', short, text('abcdef'), [`text-too-long ${value('string')}`]),
  one('too short', short, text('a'), [`response-text-too-short ${value('string')}`]),
  one('long in UTF-16 only', short, text('😀😀😀'), [], longest),
  one(
    'too long a text',
    asks('a', 'text', { maxLength: 5 }),
    text('abcdef'),
    [`text-too-long ${value('string')}`],
    longest,
  ),
  one(
    'too long a url',
    asks('a', 'url', { maxLength: 5 }),
    { valueUri: 'urn:abc' },
    [`text-too-long ${value('uri')}`],
    longest,
  ),
  one('two lines in a string', asks('a', 'string'), text('one\ntwo'), [`response-string-of-lines ${value('string')}`]),
  one('as the pattern', matching, text('AB12'), []),
  one('not as the pattern', matching, text('AB'), [`response-text-format ${value('string')}`]),
  one('as the pattern in part', matching, text('xAB12'), [`response-text-format ${value('string')}`]),
  one('a unit that is offered', weighed, quantity(70), []),
  one('a unit by its code', weighed, { valueQuantity: { value: 70, system: ucum, code: 'g', unit: 'gram' } }, []),
  one('a unit that is not offered', weighed, quantity(70, 'mg'), [`response-unit-not-offered ${value('Quantity')}`]),
  one(
    'a unit with another text',
    weighed,
    { valueQuantity: { value: 70, system: ucum, code: 'kg', unit: 'kilogram' } },
    [`response-unit-not-offered ${value('Quantity')}`],
  ),
  one('a unit without system', weighed, { valueQuantity: { value: 70, code: 'kg', unit: 'kg' } }, [
    `response-unit-not-offered ${value('Quantity')}`,
  ]),
  one('a quantity without unit', weighed, { valueQuantity: { value: 70 } }, [
    `response-unit-not-offered ${value('Quantity')}`,
  ]),
  one(
    'three decimals of a quantity',
    asks('a', 'quantity', extended(['maxDecimalPlaces', integer(2)])),
    quantity(70.125),
    [`response-too-many-decimals ${value('Quantity')}`],
  ),
  one('more than the least quantity', heavy('min'), quantity(60), [], lowest),
  one('less than the least quantity', heavy('min'), quantity(40), [`value-too-small ${value('Quantity')}`], lowest),
  one('less than the greatest quantity', heavy('max'), quantity(40), []),
  one('more than the greatest quantity', heavy('max'), quantity(60), [`value-too-large ${value('Quantity')}`]),
  one('a quantity without code and a bound', heavy('max'), { valueQuantity: { value: 1, unit: 'kg' } }, [
    `response-quantity-not-comparable ${value('Quantity')}`,
  ]),
  one(
    'a quantity of another system and a bound',
    heavy('max'),
    { valueQuantity: { value: 1, system: 'https://example.org/units', code: 'kg' } },
    [`response-quantity-not-comparable ${value('Quantity')}`],
  ),
  one(
    'a type of file that is allowed',
    asks(
      'a',
      'attachment',
      extended(['mimeType', { valueCode: 'image/png' }], ['mimeType', { valueCode: 'text/plain' }]),
    ),
    attachment,
    [],
  ),
  one(
    'a type of file that is not allowed',
    asks('a', 'attachment', extended(['mimeType', { valueCode: 'image/png' }])),
    attachment,
    [`response-attachment-type ${root}.item[0].answer[0]`],
  ),
  one(
    'a file of unknown type',
    asks('a', 'attachment', extended(['mimeType', { valueCode: 'image/png' }])),
    { valueAttachment: { url: 'https://example.org/a' } },
    [`response-attachment-type ${root}.item[0].answer[0]`],
  ),
  one(
    'a type of resource that is allowed',
    asks('a', 'reference', extended(['questionnaire-referenceResource', { valueCode: 'Patient' }])),
    reference,
    [],
  ),
  one(
    'a type of resource that is not allowed',
    asks('a', 'reference', extended(['questionnaire-referenceResource', { valueCode: 'Observation' }])),
    reference,
    [`reference-to-wrong-type ${value('Reference')}`],
    'questionnaire-referenceResource: "indicates a type of resource that is permitted"',
  ),
];

const offered = { answerOption: [coding('male'), coding('female')] };
const exclusive = {
  repeats: true,
  answerOption: [
    coding('male'),
    coding('female'),
    { ...extended(['questionnaire-optionExclusive', { valueBoolean: true }]), ...coding('unknown') },
  ],
};
const at = `${root}.item[0].answer[0]`;
const notOffered = [`response-answer-not-offered ${at}`];
const gendered = { answerValueSet: hl7Set('administrative-gender') };

/** Answers out of those that the Questionnaire offers. */
const optionCases: readonly AnswerCase[] = [
  one('an option', asks('a', 'choice', offered), coding('male'), []),
  one(
    'an option with another display',
    asks('a', 'choice', offered),
    { valueCoding: { system: genders, code: 'male', display: 'M' } },
    [],
  ),
  one('no option', asks('a', 'choice', offered), coding('other'), notOffered),
  one(
    'an option of another system',
    asks('a', 'choice', offered),
    coding('male', 'https://example.org/genders'),
    notOffered,
  ),
  one('an option without system', asks('a', 'choice', offered), { valueCoding: { code: 'male' } }, notOffered),
  one('an option by display alone', asks('a', 'choice', offered), { valueCoding: { display: 'Male' } }, notOffered),
  one('a text where codings are offered', asks('a', 'choice', offered), text('male'), notOffered),
  one('an integer where codings are offered', asks('a', 'choice', offered), integer(1), notOffered),
  one('a text that is offered', asks('a', 'choice', { answerOption: [text('one'), text('two')] }), text('two'), []),
  one('a text that is not offered', asks('a', 'choice', { answerOption: [text('one')] }), text('One'), notOffered),
  one(
    'a coding where texts are offered',
    asks('a', 'choice', { answerOption: [text('one')] }),
    coding('male'),
    notOffered,
  ),
  one('an integer that is offered', asks('a', 'choice', { answerOption: [integer(1), integer(2)] }), integer(2), []),
  one('an integer that is not offered', asks('a', 'choice', { answerOption: [integer(1)] }), integer(2), notOffered),
  one(
    'a date that is offered',
    asks('a', 'choice', { answerOption: [{ valueDate: '2026-01-05' }] }),
    { valueDate: '2026-01-05' },
    [],
    'Questionnaire.item.answerOption: "One of the permitted answers"',
  ),
  one(
    'a date that is not offered',
    asks('a', 'choice', { answerOption: [{ valueDate: '2026-01-05' }] }),
    { valueDate: '2026-01-06' },
    notOffered,
  ),
  one(
    'a time that is offered',
    asks('a', 'choice', { answerOption: [{ valueTime: '10:00:00' }] }),
    { valueTime: '10:00:00' },
    [],
  ),
  one(
    'a time that is not offered',
    asks('a', 'choice', { answerOption: [{ valueTime: '10:00:00' }] }),
    { valueTime: '11:00:00' },
    notOffered,
  ),
  one(
    'a reference that is offered',
    asks('a', 'choice', { answerOption: [reference] }),
    reference,
    [],
    'Questionnaire.item.answerOption.value[x] may be a Reference',
  ),
  one(
    'a reference that is not offered',
    asks('a', 'choice', { answerOption: [reference] }),
    { valueReference: { reference: 'Patient/2' } },
    notOffered,
    'Questionnaire.item.answerOption.value[x] may be a Reference',
  ),
  one('free text for an open choice', asks('a', 'open-choice', offered), text('neither'), []),
  one('free text that is an option', asks('a', 'open-choice', offered), text('male'), [
    `response-text-is-option ${at}`,
  ]),
  one('a coding that an open choice does not offer', asks('a', 'open-choice', offered), coding('other'), notOffered),
  one(
    'free text where an open choice offers texts',
    asks('a', 'open-choice', { answerOption: [text('one')] }),
    text('two'),
    [],
  ),
  one('a code of the set', asks('a', 'choice', gendered), coding('other'), []),
  one('a code outside the set', asks('a', 'choice', gendered), coding('none'), [`response-answer-not-in-set ${at}`]),
  one(
    'a code of another system than the set',
    asks('a', 'choice', gendered),
    coding('male', 'http://terminology.hl7.org/CodeSystem/observation-category'),
    [`response-answer-not-in-set ${at}`],
  ),
  one('free text for an open choice from a set', asks('a', 'open-choice', gendered), text('neither'), []),
  one('a code outside the set of an open choice', asks('a', 'open-choice', gendered), coding('none'), [
    `response-answer-not-in-set ${at}`,
  ]),
  one('a code of the set without its system', asks('a', 'choice', gendered), { valueCoding: { code: 'male' } }, [
    `response-answer-not-in-set ${at}`,
  ]),
  one('a display where a set is asked for', asks('a', 'choice', gendered), { valueCoding: { display: 'Male' } }, [
    `response-answer-not-in-set ${at}`,
  ]),
  one(
    'a display where an open choice has a set',
    asks('a', 'open-choice', gendered),
    { valueCoding: { display: 'Neither' } },
    [`response-answer-not-in-set ${at}`],
  ),
  one('a text where a set is asked for', asks('a', 'choice', gendered), text('male'), []),
  one(
    'a set that nobody knows',
    asks('a', 'choice', { answerValueSet: 'https://nowhere.example.com/set' }),
    coding('male'),
    [`not-checked ${at}`],
  ),
  one('an integer of those offered', asks('a', 'integer', { answerOption: [integer(1)] }), integer(1), []),
  one('an integer beside those offered', asks('a', 'integer', { answerOption: [integer(1)] }), integer(2), [
    `response-answer-not-offered ${value('integer')}`,
  ]),
  one('a string beside those offered', asks('a', 'string', { answerOption: [text('one')] }), text('two'), [
    `response-answer-not-offered ${value('string')}`,
  ]),
  one(
    'a date beside those offered',
    asks('a', 'date', { answerOption: [{ valueDate: '2026-01-05' }] }),
    { valueDate: '2026-01-06' },
    [`response-answer-not-offered ${value('date')}`],
  ),
  one(
    'a time beside those offered',
    asks('a', 'time', { answerOption: [{ valueTime: '10:00:00' }] }),
    { valueTime: '11:00:00' },
    [`response-answer-not-offered ${value('time')}`],
  ),
  {
    name: 'an exclusive option alone',
    asked: [asks('a', 'choice', exclusive)],
    answered: [says('a', coding('unknown'))],
    found: [],
  },
  {
    name: 'an exclusive option beside another',
    asked: [asks('a', 'choice', exclusive)],
    answered: [says('a', coding('male'), coding('unknown'))],
    found: [`response-option-exclusive ${root}.item[0].answer[1]`],
  },
  {
    name: 'the second answer is not offered',
    asked: [asks('a', 'choice', { ...offered, repeats: true })],
    answered: [says('a', coding('male'), coding('other'))],
    found: [`response-answer-not-offered ${root}.item[0].answer[1]`],
  },
];

const during = { form: { effectivePeriod: { start: '2026-01-01', end: '2026-01-31' } } };
const periodCases: readonly AnswerCase[] = [
  {
    name: 'authored in the period',
    ...during,
    response: { authored: '2026-01-15T10:00:00Z' },
    asked: [asks('a', 'integer')],
    answered: [says('a')],
    found: [],
  },
  {
    name: 'authored before the period',
    ...during,
    response: { authored: '2025-12-15T10:00:00Z' },
    asked: [asks('a', 'integer')],
    answered: [says('a')],
    found: [`response-outside-period ${root}.authored`],
  },
  {
    name: 'authored after the period',
    ...during,
    response: { authored: '2026-02-15T10:00:00Z' },
    asked: [asks('a', 'integer')],
    answered: [says('a')],
    found: [`response-outside-period ${root}.authored`],
  },
  {
    name: 'authored on the last day',
    ...during,
    response: { authored: '2026-01-31T10:00:00Z' },
    asked: [asks('a', 'integer')],
    answered: [says('a')],
    found: [],
    clause: 'Period.end: "2012-02-03T10:00:00 is in a period that has an end value of 2012-02-03"',
  },
];

export const valueCases: readonly AnswerCase[] = [...typeCases, ...rangeCases, ...optionCases, ...periodCases];
