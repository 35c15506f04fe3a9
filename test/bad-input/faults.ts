import { readFileSync } from 'node:fs';
import type { IssueCode } from '../../src/outcome/catalogue.ts';

/**
 * Faults to plant in a good course, each with the one issue that it must give at its one place. Every place is its own,
 * so that any of them can be planted together.
 */
export interface Fault {
  readonly name: string;
  readonly code: IssueCode;
  readonly at: string;
  /** What is put where; undefined takes the field away. */
  readonly put: readonly [path: string, value: unknown];
}

const maximal = readFileSync(new URL('../golden/maximal.course.json', import.meta.url), 'utf8');

/** The good course, with the faults planted, as the text that a hospital would send. */
export function planted(faults: readonly Pick<Fault, 'put'>[]): string {
  const course: unknown = JSON.parse(maximal);
  for (const { put } of faults)
    plant(
      course,
      put[0].split(/[.[\]]+/).filter((name) => name !== ''),
      put[1],
    );
  return JSON.stringify(course);
}

function plant(holder: unknown, [name = '', ...rest]: readonly string[], value: unknown): void {
  const fields = holder as Record<string, unknown>;
  if (rest.length > 0) plant(fields[name], rest, value);
  else if (value === undefined) delete fields[name];
  else fields[name] = value;
}

const fault = (name: string, code: IssueCode, at: string, value: unknown, path: string = at): Fault => ({
  name,
  code,
  at: `TreatmentCourse.${at}`,
  put: [path, value],
});

const first = 'sessions[0].administrations[0]';
const items = 'assessments[0].items';

export const faults: readonly Fault[] = [
  fault('a wrong type', 'wrong-type', 'setting', 7),
  fault('a required field missing', 'missing-field', 'patient.id', undefined),
  fault('an unknown field', 'unknown-field', `${first}.ammount`, { value: 1, unit: 'mg' }),
  fault('a keyword outside its list', 'not-in-list', 'referral.source', 'dentist'),
  fault('an end before its start', 'end-before-start', 'sessions[0].end', '2026-01-04T12:00'),
  fault('a time that the zone does not have', 'nonexistent-local-time', 'consent.at', '2026-03-29T02:30'),
  fault('a text that is no time', 'invalid-time', 'sessions[0].readings[0].at', '5 January'),
  fault('an unknown unit', 'unknown-unit', `${first}.volume.unit`, 'ml'),
  fault('an unknown instrument', 'unknown-instrument', 'assessments[1].instrument', 'phq8'),
  fault('an unknown item', 'unknown-item', `${items}[8].linkId`, '44260-9'),
  fault('an answer out of range', 'answer-out-of-range', `${items}[0].value`, 4),
  fault(
    'an item answered in another way',
    'wrong-answer-type',
    `${items}[1].yes`,
    { linkId: '44255-8', yes: true },
    `${items}[1]`,
  ),
  fault('an item without an answer', 'one-of-needed', `${items}[2]`, { linkId: '44259-0' }),
  fault('an item answered twice', 'item-twice', `${items}[4].linkId`, '44254-1'),
  fault('a part id twice', 'duplicate-id', 'phases[1].id', '1'),
  fault('a link to a part that is not there', 'dangling-link', 'assessments[0].timepoint.sessionId', 'nowhere'),
  fault('a national identity number as an id', 'national-identity-number', 'suicideRisk[1].id', '13116900216'),
  fault('an amount of what was not done', 'dose-on-not-done', 'sessions[0].administrations[1].amount', {
    value: 1,
    unit: 'mg',
  }),
  fault(
    'a code of our own system',
    'code-in-own-system',
    `${first}.method.system`,
    'https://w3id.org/coursebridge/CodeSystem/route',
  ),
  fault('a text of white space', 'invalid-text', 'sessions[0].note', ' \n'),
  fault('a relative system', 'invalid-uri', 'site.system', 'sites'),
  fault('a number out of range', 'out-of-range', 'sessions[0].readings[0].oxygenSaturation.value', 101),
  fault('a number that is not whole', 'not-an-integer', 'sessions[0].monitoredMinutes', 1.5),
  fault('an impossible date', 'invalid-date', 'patient.birthDate', '1980-02-30'),
];

/** Things that are said and refuse nothing. */
export const remarks: readonly Fault[] = [
  fault(
    'a dose that is not its amount per weight',
    'dose-weight-mismatch',
    `${first}.amount`,
    45,
    `${first}.amount.value`,
  ),
  fault('a total that is not that of the answers', 'stated-total-differs', 'assessments[0].statedTotal', 18),
  fault(
    'a dose in a session that was not done',
    'dose-in-session-not-done',
    `${first}.status`,
    'notDone',
    'sessions[0].status',
  ),
  fault('an hour that occurs twice', 'ambiguous-local-time', 'sessions[0].readyForDischargeAt', '2026-10-25T02:30'),
  fault('minutes that are not those of the time', 'stated-minutes-differ', 'sessions[0].readings[0].statedMinutes', 25),
];
