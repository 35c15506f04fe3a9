import type { Finding, Judged } from './judged.ts';

/** A kind of finding that one of both has and the other has not at that place, and why that is right. */
export interface Explanation {
  /** How the README calls it. */
  readonly name: string;
  /** Who alone finds it. */
  readonly by: 'judge' | 'checker';
  /** With the clause of FHIR where the judge is wrong. */
  readonly reason: string;
  readonly applies: (finding: Finding, judged: Judged, checked: Judged) => boolean;
}

/** A place without the type of a choice: the judge's parser says `value[x]`, and `value.ofType(Quantity)` later. */
export const roughly = (at: string): string => at.replaceAll(/\.ofType\(\w+\)|\[x\]/g, '');

const has = ({ errors }: Judged, test: (at: string, id: string) => boolean): boolean =>
  errors.some(([at, id]) => test(roughly(at), id));

const isAtOrBelow = (at: string, place: string): boolean =>
  at === place || at.startsWith(`${place}.`) || at.startsWith(`${place}[`);

const noJson = /^(malformed|duplicate-key)$/;
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
      isAtOrBelow(at, roughly(place)) &&
      has(checked, (other, code) => shapeCodes.test(code) && (isAtOrBelow(other, at) || isAtOrBelow(at, other))),
  );

export const explanations: readonly Explanation[] = [
  {
    name: 'no JSON',
    by: 'judge',
    reason: 'A text that is no JSON, or has a name twice in an object, is refused as a whole; the judge reads on.',
    applies: (_, __, checked) => has(checked, (at, id) => at === '' && noJson.test(id)),
  },
  {
    name: 'no JSON',
    by: 'checker',
    reason: 'The same: the checker has line and column in place of a path.',
    applies: ([at, id], judged) => at === '' && noJson.test(id) && judged.errors.length > 0,
  },
  {
    name: 'no resource',
    by: 'judge',
    reason: 'What is no resource of R4 is refused as a whole. The judge reads on where the name is one of a data type.',
    applies: (_, __, checked) => has(checked, (at, id) => at === 'Resource' && id === 'unknown-resource-type'),
  },
  {
    name: 'no resource',
    by: 'checker',
    reason: 'The same: the judge takes the unknown name for the place.',
    applies: ([at, id], judged) => at === 'Resource' && id === 'unknown-resource-type' && judged.errors.length > 0,
  },
  {
    name: 'the judge gave up',
    by: 'judge',
    reason: 'It threw an exception, which has no place.',
    applies: ([, id], _, checked) => id.startsWith('THROWN') && checked.errors.length > 0,
  },
  {
    name: 'the judge gave up',
    by: 'checker',
    reason: 'The same.',
    applies: (_, judged) => has(judged, (__, id) => id.startsWith('THROWN')),
  },
  {
    name: 'after wrong JSON',
    by: 'judge',
    reason: 'Its parser leaves out what has the wrong shape, and then it is missing there; both report the shape.',
    applies: ([at, id], judged, checked) => !parserWords.test(id) && isShapeFaultBelow(at, judged, checked),
  },
  {
    name: 'after wrong JSON',
    by: 'checker',
    reason: 'The same the other way round: what the checker says of an element around or inside the wrong shape.',
    applies: ([at, id], judged, checked) =>
      !shapeCodes.test(id) &&
      (isShapeFaultBelow(at, judged, checked) ||
        has(judged, (other, words) => parserWords.test(words) && isAtOrBelow(roughly(at), other))),
  },
  {
    name: 'a list and its items',
    by: 'judge',
    reason: 'An item of the wrong shape is reported at its list by the judge, at itself by the checker.',
    applies: ([at, id], _, checked) =>
      parserWords.test(id) &&
      has(checked, (other, code) => shapeCodes.test(code) && other.startsWith(`${roughly(at)}[`)),
  },
  {
    name: 'a list and its items',
    by: 'checker',
    reason: 'The same.',
    applies: ([at, code], judged) =>
      shapeCodes.test(code) &&
      has(judged, (other, id) => parserWords.test(id) && roughly(at).replace(/\[\d+\]$/, '') === other),
  },
  {
    name: 'unknown profile twice',
    by: 'judge',
    reason: 'A profile that it does not know is reported at the claim and once more without a place.',
    applies: ([at, id], judged) =>
      at === '' &&
      id === 'Validation_VAL_Profile_Unknown' &&
      has(judged, (_, other) => other === 'VALIDATION_VAL_PROFILE_UNKNOWN_NOT_POLICY'),
  },
  {
    name: 'inside a wrong type',
    by: 'judge',
    reason: 'Where a type is not allowed, the judge looks at the parts too as if they were of an allowed one.',
    applies: ([at, id], _, checked) =>
      /^(Validation_VAL_Profile_(NotAllowed|Minimum|NoType)|Extension_PROF_Type|Type_Specific_Checks_DT_Boolean_Value)/.test(
        id,
      ) &&
      has(
        checked,
        (other, code) =>
          /^(type-not-allowed|extension-type|extension-value)/.test(code) && isAtOrBelow(roughly(at), other),
      ),
  },
  {
    name: 'a date below the least',
    by: 'checker',
    reason:
      'ElementDefinition.minValue[x] and maxValue[x] are allowed for dates; the judge looks at numbers and quantities.',
    applies: ([at, code], judged) =>
      /^value-too-(small|large)/.test(code) &&
      /(Date|\.birthDate)$/.test(at) &&
      !has(judged, (other) => other === roughly(at)),
  },
  {
    name: 'more than the slices in between',
    by: 'checker',
    reason: 'ElementDefinition.slicing.rules openAtEnd: further items only at the end. The judge does not look.',
    applies: ([, code]) => code.startsWith('slice-out-of-order'),
  },
];

/** The explanation of a finding that one of both has alone, if there is one. */
export const explanationOf = (
  by: 'judge' | 'checker',
  judged: Judged,
  checked: Judged,
  finding: Finding,
): Explanation | undefined => explanations.find((one) => one.by === by && one.applies(finding, judged, checked));
