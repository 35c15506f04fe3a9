import type { Issue } from './judge.ts';

/** Warnings of the judge that nothing can be done about: the README beside this file gives reason and count of each. */
export interface KnownWarning {
  /** How the README calls it. */
  readonly name: string;
  readonly id: string;
  readonly text: RegExp;
}

const unknownSystem = (name: string, system: string): KnownWarning => ({
  name,
  id: 'Terminology_PassThrough_TX_Message',
  text: new RegExp(`^CodeSystem is unknown and can't be validated: ${system}`),
});

export const knownWarnings: readonly KnownWarning[] = [
  unknownSystem('LOINC', 'http://loinc\\.org '),
  unknownSystem('ATC', 'http://www\\.whocc\\.no/atc '),
  unknownSystem('RxNorm', 'http://www\\.nlm\\.nih\\.gov/research/umls/rxnorm '),
  unknownSystem('ICD-10', 'http://hl7\\.org/fhir/sid/icd-10(-cm)? '),
  unknownSystem("a site's own codes", 'https://[a-z]+\\.example\\.org/'),
  {
    name: 'SNOMED CT',
    id: 'TERMINOLOGY_TX_SYSTEM_UNSUPPORTED',
    text: /^The code cannot be checked because codeSystem 'http:\/\/snomed\.info\/sct'/,
  },
  {
    name: 'angle brackets',
    id: 'TYPE_SPECIFIC_CHECKS_DT_MARKDOWN_HTML',
    text: /appears to be an embedded HTML tag/,
  },
  {
    name: 'many digits',
    id: 'Type_Specific_Checks_DT_Decimal_Range',
    text: /outside the range of commonly\/reasonably supported decimals/,
  },
];

export const knownWarningOf = ({ id, text }: Issue): KnownWarning | undefined =>
  knownWarnings.find((one) => one.id === id && one.text.test(text));

/** Whether an issue is a hint, or a warning of the list. */
export const isExplained = (issue: Issue): boolean =>
  issue.severity === 'information' || (issue.severity === 'warning' && knownWarningOf(issue) !== undefined);
