import { around, has, isAtOrBelow, isFaultBelow, listOf, roughly, type Explanation } from './explanation.ts';

const withoutAnswers = (at: string): string => roughly(at).replaceAll(/\.answer\[\d+\]/g, '');
const isOfDocument = /^(Bundle_BUNDLE_Entry_|Validation_BUNDLE_Message|BUNDLE_ENTRY_URL_ABSOLUTE)/i;
const ofDocument = /^(document-|message-|reference-not-in-document|full-url-|invariant-failed bdl-1[12])/;
const ofPattern = /^(_DT_Fixed_Wrong|Profile_VAL_MissingElement|TYPE_CHECKS_PATTERN)/;

/** What both find, and report at different places or more than once. */
export const ofPlaces: readonly Explanation[] = [
  {
    name: 'unknown profile twice',
    reason: 'A profile that it does not know is reported at the claim and once more without a place.',
    judge: ([at, id], judged) =>
      at === '' &&
      id === 'Validation_VAL_Profile_Unknown' &&
      has(judged, (_, other) => other === 'VALIDATION_VAL_PROFILE_UNKNOWN_NOT_POLICY'),
  },
  {
    name: 'inside a wrong type',
    reason: 'Where a type is not allowed, the judge looks at the parts too as if they were of an allowed one.',
    judge: ([at, id], _, checked) =>
      /^(Validation_VAL_Profile_(NotAllowed|Minimum|NoType)|Extension_PROF_Type|Type_Specific_Checks_DT|Terminology_|_DT_Fixed|Profile_VAL_MissingElement|ILLEGAL_PROPERTY)/.test(
        id,
      ) &&
      has(
        checked,
        (other, code) =>
          /^(type-not-allowed|extension-type|extension-value)/.test(code) && isAtOrBelow(roughly(at), other),
      ),
  },
  {
    name: 'at a wrong type',
    reason:
      'Both report the type that is not allowed, one of them at the value, the other at what holds it; invariants are not asked then.',
    judge: ([at, id], _, checked) =>
      /#[a-z]+-\d+$/.test(id) &&
      has(checked, (other, code) => code.startsWith('type-not-allowed') && other === around(at)),
    checker: ([at, code], judged) =>
      code.startsWith('type-not-allowed') &&
      has(judged, (other, id) => id === 'Extension_PROF_Type' && other === `${roughly(at)}.value`),
  },
  {
    name: 'after a wrong part',
    reason:
      'Of a part that is wrong by itself the judge says once more that the whole does not hold; both report the part.',
    judge: ([at, id], judged, checked) =>
      (/#per-1$|DT_ATT_|Extension_EXT_URL_Absolute|Reference_REF_WrongTarget|VALUESET_|CODESYSTEM_|BUNDLE_SEARCH_ENTRY_WRONG/.test(
        id,
      ) &&
        [roughly(at), around(at), listOf(around(at))].some((place) => isFaultBelow(place, judged, checked))) ||
      (at === 'Bundle' && id === 'Validation_VAL_Profile_Minimum_SLICE' && isFaultBelow(at, judged, checked)),
  },
  {
    name: 'a pattern by its parts',
    reason:
      'The judge reports the part that differs from a pattern, or the pattern it lacks; the checker what should match.',
    judge: ([at, id], _, checked) =>
      ofPattern.test(id) &&
      has(
        checked,
        (other, code) => code.startsWith('not-the-') && (around(at) === other || around(around(at)) === other),
      ),
    checker: ([at, code], judged) =>
      code.startsWith('not-the-') && has(judged, (other, id) => ofPattern.test(id) && isAtOrBelow(other, roughly(at))),
  },
  {
    name: 'a code that is not one',
    reason:
      'What has white space where a code may have none is not looked up by the judge; both report the white space.',
    checker: ([at, code], judged, checked) =>
      code.startsWith('code-unknown') && isFaultBelow(roughly(at), judged, checked),
  },
  {
    name: 'codes twice',
    reason: 'csd-1 at the CodeSystem is for the judge an error of the second concept as well.',
    judge: ([, id], _, checked) =>
      id === 'CODESYSTEM_DUPLICATE_CODE' && has(checked, (at, code) => at === 'CodeSystem' && code.includes('csd-1')),
  },
  {
    name: 'the second of two ids',
    reason:
      'Of two elements with one id the checker names the second of the JSON, the judge the second of the definition.',
    judge: ([, id], _, checked) =>
      id === 'DUPLICATE_ID' && has(checked, (__, code) => code.startsWith('duplicate-element-id')),
    checker: ([, code], judged) =>
      code.startsWith('duplicate-element-id') && has(judged, (_, id) => id === 'DUPLICATE_ID'),
  },
  {
    name: 'entries counted from one',
    reason: 'Of a document or message the judge gives the second entry (or item) for the first; both report the same.',
    judge: ([, id], _, checked) => isOfDocument.test(id) && has(checked, (__, code) => ofDocument.test(code)),
    checker: ([, code], judged) => ofDocument.test(code) && has(judged, (_, id) => isOfDocument.test(id)),
  },
  {
    name: 'items in answers',
    reason: 'The judge leaves out the answer that an item stands in.',
    judge: ([at], _, checked) =>
      has(checked, (other) => other !== roughly(at) && withoutAnswers(other) === roughly(at)),
    checker: ([at], judged) => has(judged, (other) => other !== roughly(at) && other === withoutAnswers(at)),
  },
];
