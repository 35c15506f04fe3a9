import { has, roughly, type Explanation } from './explanation.ts';

/** Where the two follow different rules, and FHIR is on the checker's side. */
export const ofRules: readonly Explanation[] = [
  {
    name: 'check digits',
    reason:
      'SNOMED CT and LOINC are not there for the judge to look up; what has a wrong check digit is no code of theirs.',
    checker: ([, code]) => code.startsWith('code-check-digit'),
  },
  {
    name: 'units of a duration',
    reason: 'datatypes.html#Duration, drt-1: the code is one of UCUM. The judge checks those of Quantity itself alone.',
    checker: ([at, code]) => code.startsWith('code-unknown') && /\.ofType\((Duration|Age|Count|Distance)\)$/.test(at),
  },
  {
    name: 'base64',
    reason:
      'datatypes.html#base64Binary: groups of four characters. The judge takes what its decoder can make sense of.',
    checker: ([, code]) => code.startsWith('invalid-base64'),
  },
  {
    name: 'a version of R4 itself',
    reason:
      'A profile of R4 may be claimed with its version (references.html#canonical); the judge does not find it then.',
    judge: ([at, id], judged) =>
      judged.name === 'observation/profile-base-versioned' &&
      id.toLowerCase().startsWith('validation_val_profile_unknown') &&
      (at === '' || at.includes('meta.profile')),
  },
  {
    name: 'Norwegian',
    reason: 'nb and nb-NO are tags of BCP-47 (RFC 5646); the judge does not know them.',
    judge: ([, id]) => /bcp:47#nb\b|"nb(-NO)?"/.test(id),
  },
  {
    name: 'a date below the least',
    reason:
      'ElementDefinition.minValue[x] and maxValue[x] may be dates; the judge looks at numbers and quantities alone.',
    checker: ([at, code], judged) =>
      /^value-too-(small|large)/.test(code) &&
      /(Date|\.birthDate)$/.test(at) &&
      !has(judged, (other) => other === roughly(at)),
  },
  {
    name: 'more than the slices in between',
    reason: 'ElementDefinition.slicing.rules openAtEnd: further items only at the end. The judge does not look.',
    checker: ([, code]) => code.startsWith('slice-out-of-order'),
  },
  {
    name: 'white space in base64',
    reason: 'datatypes.html#base64Binary lets white space stand between groups. The judge cannot decode it then.',
    judge: ([, id]) => id === 'TYPE_SPECIFIC_CHECKS_DT_ATT_B64_DECODE_FAIL',
  },
  {
    name: 'matches of several types',
    reason:
      'bundle.html#searchset: a search may be one over all types. The judge wants matches to be of the type of the first.',
    judge: ([, id]) => id === 'BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_MODE',
  },
  {
    name: 'an unknown name with an underscore',
    reason: 'json.html#primitive: such a name belongs to a primitive of the same name. The judge passes it over.',
    checker: ([, code], judged) => code.startsWith('unknown-element') && judged.name.endsWith('misspelt'),
  },
];
