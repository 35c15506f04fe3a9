/** How much an issue matters: an error refuses the data it is in, the others never do. */
export type Severity = 'error' | 'warning' | 'information';

export interface Entry {
  readonly severity: Severity;
  /** A code of http://hl7.org/fhir/issue-type. */
  readonly type: string;
  /** The HTTP status of an answer that carries this issue alone. */
  readonly status: number;
  /** The whole message. It never holds a received value: this is patient data. */
  readonly sentence: string;
}

export const error = (type: string, status: number, sentence: string): Entry => ({
  severity: 'error',
  type,
  status,
  sentence,
});
export const warning = (type: string, sentence: string): Entry => ({
  severity: 'warning',
  type,
  status: 200,
  sentence,
});
export const information = (type: string, sentence: string): Entry => ({
  severity: 'information',
  type,
  status: 200,
  sentence,
});
