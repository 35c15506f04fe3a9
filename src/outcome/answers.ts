import { error, warning, type Entry } from './entry.ts';

/** What the checker says of a QuestionnaireResponse beside its Questionnaire. */
export const answers = {
  // Items
  'response-item-unknown': error('not-found', 422, 'An item has a linkId that the Questionnaire has not.'),
  'response-item-misplaced': error('structure', 422, 'An item stands where its Questionnaire has it not.'),
  'response-item-without-link': error('required', 422, 'An item must have a linkId.'),
  'response-items-out-of-order': error('structure', 422, 'The items are not in the order of the Questionnaire.'),
  'response-item-twice': error('structure', 422, 'An item stands twice that does not repeat.'),
  'response-item-not-enabled': error('business-rule', 422, 'An item is answered that is not to be asked here.'),
  'response-items-outside-answer': error('structure', 422, 'Items below a question must stand in its answer.'),
  'response-text-differs': error('value', 422, 'The text of the item is not that of the Questionnaire.'),
  'response-group-answered': error('structure', 422, 'A group has no answers of its own.'),
  'response-group-empty': error('required', 422, 'A required group must have items.'),
  'response-display-filled': error('structure', 422, 'A text to be shown has neither answers nor items.'),
  'response-outside-period': warning(
    'business-rule',
    'The response was written outside the period of its Questionnaire.',
  ),
  // Answers
  'response-answer-missing': error('required', 422, 'A required item is not answered.'),
  'response-answer-missing-so-far': warning('incomplete', 'A required item is not answered yet.'),
  'response-answer-twice': error('structure', 422, 'A question has several answers that does not repeat.'),
  'response-answer-type': error('value', 422, 'The answer is of another type than the Questionnaire asks for.'),
  'response-answer-not-offered': error('code-invalid', 422, 'The answer is none of the options of the Questionnaire.'),
  'response-answer-not-in-set': error('code-invalid', 422, 'The answer is not in the ValueSet of the Questionnaire.'),
  'response-option-exclusive': error('business-rule', 422, 'This option allows no other answer beside it.'),
  'response-text-is-option': warning('business-rule', 'The free text is an option of the Questionnaire.'),
  'response-text-too-short': error('value', 422, 'The text is shorter than the Questionnaire asks for.'),
  'response-text-format': error('value', 422, 'The text has not the form that the Questionnaire asks for.'),
  'response-string-of-lines': warning('value', 'A string should be one line.'),
  'response-too-many-decimals': error('value', 422, 'The number has more decimals than the Questionnaire allows.'),
  'response-unit-not-offered': error('code-invalid', 422, 'The unit is none that the Questionnaire offers.'),
  'response-quantity-not-comparable': error(
    'value',
    422,
    'The Questionnaire has a bound for the quantity, and without a common system of units it cannot be compared.',
  ),
  'response-attachment-type': error('value', 422, 'The type of the file is none that the Questionnaire allows.'),
} as const satisfies Record<string, Entry>;
