import type { Judged } from '../judged.ts';
import { around, has, isAtOrBelow, listOf, roughly, type Explanation } from './explanation.ts';

const noJson = /^(malformed|duplicate-key)$/;
const noResource = 'unknown-resource-type';
const gaveUp = /^(THROWN|Error parsing JSON: Error parsing JSON source)/;

/** What the judge's parser says in words alone, and what the checker says of the same. */
const parserWords =
  /^(Error parsing JSON: the primitive|The property |This property must be|Unrecognized property|Array cannot be|Object must have|The JSON (element|property))/;
const shapeCodes = /^(wrong-json-(shape|type)|empty-element|unknown-element)\b/;

/** Both say that JSON of the wrong shape stands at or below the place. */
const isShapeFaultBelow = (place: string, judged: Judged, checked: Judged): boolean =>
  has(
    judged,
    (at, id) =>
      parserWords.test(id) &&
      isAtOrBelow(at, place) &&
      has(checked, (other, code) => shapeCodes.test(code) && (isAtOrBelow(other, at) || isAtOrBelow(at, other))),
  );

/** What follows from text that is no JSON of FHIR: the one reads on where the other stops. */
export const ofJson: readonly Explanation[] = [
  {
    name: 'no JSON',
    reason: 'A text that is no JSON, or has a name twice in an object, is refused as a whole; the judge reads on.',
    judge: (_, __, checked) => has(checked, (at, id) => at === '' && noJson.test(id)),
    checker: ([at, id], judged) => at === '' && noJson.test(id) && judged.errors.length > 0,
  },
  {
    name: 'no resource',
    reason: 'What is no resource of R4 is refused as a whole. The judge reads on, with the unknown name for a place.',
    judge: (_, __, checked) => has(checked, (at, id) => at === 'Resource' && id === noResource),
    checker: ([at, id], judged) => at === 'Resource' && id === noResource && judged.errors.length > 0,
  },
  {
    name: 'the judge gave up',
    reason: 'It threw an exception, or could not read a list directly in a list: that has no place.',
    judge: ([, id], _, checked) => gaveUp.test(id) && checked.errors.length > 0,
    checker: (_, judged) => has(judged, (__, id) => gaveUp.test(id)),
  },
  {
    name: 'after wrong JSON',
    reason:
      'What has the wrong shape does not exist for the judge, and is missing, in no slice, or no answer; both say the shape.',
    judge: ([at, id], judged, checked) =>
      !parserWords.test(id) &&
      [roughly(at), listOf(at), around(at)].some((place) => isShapeFaultBelow(place, judged, checked)),
    checker: ([at, id], judged, checked) =>
      !shapeCodes.test(id) &&
      (isShapeFaultBelow(roughly(at), judged, checked) ||
        has(
          judged,
          (other, words) => parserWords.test(words) && (isAtOrBelow(roughly(at), other) || id.startsWith('response-')),
        )),
  },
  {
    name: 'a list and its items',
    reason: 'An item of the wrong shape is reported at its list by the judge, at itself by the checker.',
    judge: ([at, id], _, checked) =>
      parserWords.test(id) &&
      has(checked, (other, code) => shapeCodes.test(code) && other.startsWith(`${roughly(at)}[`)),
    checker: ([at, code], judged) =>
      shapeCodes.test(code) && has(judged, (other, id) => parserWords.test(id) && listOf(at) === other),
  },
  {
    name: 'an empty list of primitives',
    reason:
      'json.html, 2.6.2.2: "objects and arrays are never empty". The judge sees it in lists of complex types alone.',
    judge: ([at, id], _, checked) =>
      id === 'Validation_VAL_Profile_Minimum' &&
      has(checked, (other, code) => code.startsWith('empty-element') && around(other) === roughly(at)),
    checker: ([at, code], judged) =>
      code.startsWith('empty-element') && !at.endsWith(']') && !has(judged, (other) => other === roughly(at)),
  },
  {
    name: 'after no resource',
    reason: 'What is no resource of R4 does not exist for the judge, so that references to it and bdl-5 fail as well.',
    judge: ([, id], _, checked) =>
      /^Reference_REF_|#(ref-1|bdl-5)$|^BUNDLE_/.test(id) &&
      has(
        checked,
        (other, code) =>
          /^(unknown-resource-type|wrong-json-shape)/.test(code) &&
          /\.(resource|contained|entry)(\[\d+\])?$/.test(other),
      ),
  },
  {
    name: 'after an unknown element',
    reason: 'A reference in an element that R4 does not know is none for the judge, and what it leads to an orphan.',
    judge: ([, id], _, checked) =>
      id === 'CONTAINED_ORPHAN_DOM3' && has(checked, (__, code) => code.startsWith('unknown-element')),
  },
  {
    name: 'control characters',
    reason:
      'datatypes.html#string forbids characters below 32. The judge warns, and reads codes and references as if they had none.',
    checker: ([at], judged) =>
      judged.warnings.some(
        ([other, id]) => id.startsWith('UNICODE_XML_BAD_CHARS') && isAtOrBelow(roughly(other), roughly(at)),
      ),
  },
];
