import { error, information, warning, type Entry } from './entry.ts';

/** What the checker says of FHIR resources: where they differ from R4, a profile, a Questionnaire or a code system. */
export const conformance = {
  // Shape
  'unknown-resource-type': error('structure', 422, 'This is not a resource of FHIR R4.'),
  'unknown-element': error('structure', 422, 'The element has a property that FHIR R4 does not know here.'),
  'wrong-json-shape': error('structure', 422, 'Another shape of JSON is expected: an object, a list or a value.'),
  'wrong-json-type': error('value', 422, 'Another type of JSON value is expected: a string, a number or a boolean.'),
  'empty-element': error('structure', 422, 'An element must have a value or content: it is left out otherwise.'),
  'nested-too-deeply': error('structure', 422, 'The resource is nested more deeply than is checked.'),
  'duplicate-element-id': error('structure', 422, 'Two elements of the resource have the same id.'),
  // Profiles
  'too-few': error('required', 422, 'An element is missing that must be here.'),
  'too-many': error('structure', 422, 'There are more of an element than may be here.'),
  'type-not-allowed': error('structure', 422, 'The value is of a type that is not allowed here.'),
  'not-the-fixed-value': error('value', 422, 'The value is not the one that is fixed here.'),
  'not-the-pattern': error('value', 422, 'The value lacks what is prescribed here.'),
  'slice-missing': error('required', 422, 'A slice is missing that must be here.'),
  'slice-too-often': error('structure', 422, 'There are more of a slice than may be here.'),
  'not-in-any-slice': error('structure', 422, 'The element is in none of the slices, and no other is allowed here.'),
  'slice-out-of-order': error('structure', 422, 'The slices are not in the order that is prescribed here.'),
  'value-too-small': error('value', 422, 'The value is below the least that is allowed here.'),
  'value-too-large': error('value', 422, 'The value is above the greatest that is allowed here.'),
  'invariant-failed': error('invariant', 422, 'A rule for this element does not hold.'),
  'invariant-not-met': warning('invariant', 'A recommendation for this element is not met.'),
  'profile-unknown': error('not-found', 422, 'A profile that is claimed or asked for is not known here.'),
  'profile-of-other-type': error('structure', 422, 'The profile is one of another type of resource.'),
  'not-checked': warning('incomplete', 'This could not be checked here.'),
  // Extensions
  'extension-without-url': error('required', 422, 'An extension must have a url.'),
  'extension-url-relative': error('value', 422, 'The url of an extension must be absolute.'),
  'extension-value': error('structure', 422, 'An extension has either a value or extensions, as its definition says.'),
  'extension-misplaced': error('structure', 422, 'The extension is not allowed on this element.'),
  'extension-unknown': information('informational', 'The extension is not known here.'),
  'extension-of-other-version': error('not-supported', 422, 'The extension stands for an element of another FHIR.'),
  'modifier-extension-unknown': error('not-supported', 422, 'A modifier extension is not known here.'),
  'extension-modifier': error('structure', 422, 'The extension is or is not a modifier, and is written as the other.'),
  // References and Bundles
  'reference-to-wrong-type': error('structure', 422, 'The reference leads to a type that is not allowed here.'),
  'reference-to-wrong-profile': error(
    'structure',
    422,
    'What the reference leads to conforms to none of the profiles.',
  ),
  'reference-not-contained': error('not-found', 422, 'A local reference leads to no contained resource.'),
  'contained-unused': error(
    'structure',
    422,
    'A contained resource is neither referenced nor refers to its container.',
  ),
  'reference-not-in-bundle': warning('not-found', 'The reference by URN leads to no entry of the Bundle.'),
  'reference-ambiguous': error('duplicate', 422, 'The reference leads to several entries of the Bundle.'),
  'full-url-missing': error('required', 422, 'An entry must have a fullUrl here.'),
  'full-url-mismatch': error('value', 422, 'The fullUrl does not end with the type and id of the resource.'),
} as const satisfies Record<string, Entry>;
