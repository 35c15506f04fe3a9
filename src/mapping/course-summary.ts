import { courseIdentifier } from '../course/identity.ts';
import { keywords } from '../course/keywords.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { ownCoding } from './codings.ts';
import { observationCategorySystem, ucum } from './canonicals.ts';
import { doseGiven } from './decimal-sum.ts';
import { effective } from './effective.ts';
import { elementIn, elementsIn, textIn, type Elements } from './elements.ts';
import { keyword, string, type Leaf } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { component } from './places.ts';
import { readRows, rowsOf, writeRows, type Row } from './rows.ts';
import { begin, correctedRows, mapped, observationStatus, references, type Scene } from './scene.ts';

/** The course as one Observation, whose members are its session records: where every search for a course begins. */

const row = rowsOf<TreatmentCourse>();

/** A programme's key: a coding of ours where we publish the programme, a text where we do not. */
const programmeKey: Leaf<string> = {
  type: 'CodeableConcept',
  put: (into, name, key) => {
    const ours = keywords.programme.some((known) => known === key);
    into[name] = ours ? { coding: [ownCoding('programme', key)] } : { text: key };
  },
  take: (from, name) => {
    const concept = elementIn(from, name);
    const ours = elementsIn(concept, 'coding').find(({ system }) => system === ownCoding('programme', '').system);
    return textIn(ours, 'code') ?? textIn(concept, 'text');
  },
};

export const summaryRows: readonly Row[] = [
  ...correctedRows,
  effective('start', 'end', { asPeriod: true }),
  row('status', component('status'), keyword('course-status')),
  row('endReason', component('end-reason'), keyword('end-reason')),
  row('programme.key', component('programme'), programmeKey),
  row('programme.version', component('programme-version'), string),
];

const preliminary: readonly string[] = ['planned', 'active', 'onHold'];

export function writeSummary(scene: Scene, sessions: readonly MappedResource[]): MappedResource {
  const { course } = scene;
  const identifier = courseIdentifier(course, 'summary');
  const resource = begin(scene, 'Observation', identifier, course);
  const running = preliminary.includes(course.status);
  resource['status'] = observationStatus(scene, course, running ? 'preliminary' : 'final');
  resource['category'] = [{ coding: [{ system: observationCategorySystem, code: 'therapy' }] }];
  resource['code'] = { coding: [ownCoding('observation', 'course-summary')] };
  writeRows(summaryRows.slice(correctedRows.length), course, resource, scene);
  writeTotals(resource, scene);
  if (sessions.length > 0) resource['hasMember'] = references(sessions.map(({ uuid }) => `urn:uuid:${uuid}`));
  return mapped(resource, identifier, 'TreatmentCourse');
}

/** What the course adds up to. The number of responses lets a reader see that one is missing: they have no list. */
function writeTotals(resource: Elements, { course, definitions }: Scene): void {
  const sessions = course.sessions ?? [];
  const count = (code: string, value: number): void => {
    component(code).open(resource)['valueQuantity'] = { value, unit: '1', system: ucum, code: '1' };
  };
  count('sessions-completed', sessions.filter(({ status }) => status === 'completed').length);
  const written = (course.assessments ?? []).filter(
    ({ instrument }) => definitions.instrument(instrument) !== undefined,
  );
  count('response-count', 1 + written.length + (course.suicideRisk?.length ?? 0));
  const dose = doseGiven(sessions.flatMap(({ administrations }) => administrations ?? []));
  if (dose !== undefined) component('cumulative-dose').open(resource)['valueQuantity'] = dose;
}

export const readSummary = (resource: Elements): Elements => readRows(summaryRows, resource);

/** How many responses the course had when its summary was written; undefined where it does not say. */
export function responseCountOf(summary: Elements): number | undefined {
  const found = component('response-count').find(summary);
  const value = elementIn(found, 'valueQuantity')?.['value'];
  return typeof value === 'number' ? value : undefined;
}
