/** A course that a person can hold in the head. */
export const sourceSystem = 'https://clinic.example/courses';

export const smallCourse = (id: string, more: object = {}): string =>
  JSON.stringify({
    schemaVersion: '1',
    system: sourceSystem,
    id,
    patient: { system: 'https://clinic.example/patients', id: `P-${id}` },
    status: 'active',
    ...more,
  });

/** The results of a stream. */
export interface LineResult {
  readonly line?: number;
  readonly id?: string;
  readonly state: string;
  readonly submission?: string;
  readonly issues: unknown;
}

export const resultsIn = (text: string): LineResult[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LineResult);
