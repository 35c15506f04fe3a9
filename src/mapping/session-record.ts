import { partIdentifier } from '../course/identity.ts';
import type { Session } from '../course/schema.ts';
import { adverseEventsOf } from './adverse-event.ts';
import { writeAdministration } from './administration.ts';
import { doseGiven } from './decimal-sum.ts';
import { writeDissociation } from './dissociation.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { integer, integerIn, keyword, quantity, reasonIn, ref, string, time, yes } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { beginObservation, observationKind } from './observation.ts';
import { component, element } from './places.ts';
import { writeReading } from './reading.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, referencesTo, type Scene } from './scene.ts';
import { writeSedation } from './sedation.ts';
import { writeSideEffect } from './side-effect.ts';
import { writeWeight } from './weight.ts';

/** One visit: an Observation that is part of its administrations and has every Observation of the visit as member. */

const facet = 'record';
const row = rowsOf<Session>();
const kind = observationKind('session-record', 'therapy');

export const sessionRows: readonly Row[] = [
  effective('at', 'end'),
  row('supervisor', element('performer[0]'), ref),
  row('note', element('note[0].text'), string),
  row('status', component('status'), keyword('done-status')),
  row('reason', component('reason'), reasonIn('adverse-effect', 'end-reason')),
  row('phaseId', component('phase'), string),
  row('statedOrdinal', component('stated-ordinal'), integer),
  row('setting', component('setting'), keyword('session-setting')),
  row('environment.recliner', component('recliner'), yes),
  row('environment.eyeMask', component('eye-mask'), yes),
  row('environment.music', component('music'), yes),
  row('plannedDose.amount', component('planned-amount'), quantity),
  row('plannedDose.perWeight', component('planned-per-weight'), quantity),
  row('plannedDose.minutes', component('planned-minutes'), integerIn('min')),
  row('plannedDose.changedBecause', component('planned-change-reason'), string),
  row('readyForDischargeAt', component('ready-for-discharge'), time),
  row('monitoredMinutes', component('monitored-minutes'), integerIn('min')),
  row('escorted', component('escorted'), yes),
  row('tolerability', component('tolerability'), integerIn('{score}')),
];

/** Everything of a session: its administrations, what was seen and measured at it, then its record. */
export function writeSession(scene: Scene, session: Session, at: string): MappedResource[] {
  const each = <P, R>(list: readonly P[] | undefined, name: string, write: WritePart<P, R>): R[] =>
    (list ?? []).map((part, index) => write(scene, session, part, `${at}.${name}[${index}]`));
  const administrations = each(session.administrations, 'administrations', writeAdministration);
  const readings = each(session.readings, 'readings', writeReading);
  const weight = session.weight === undefined ? [] : [writeWeight(scene, session, session.weight, at)];
  const findings = [
    ...weight,
    ...each(session.sideEffects, 'sideEffects', writeSideEffect),
    ...each(session.dissociation, 'dissociation', writeDissociation),
    ...each(session.sedation, 'sedation', writeSedation),
    ...adverseEventsOf(scene, session),
  ];
  const members = [...readings.flatMap((resources) => resources.slice(-1)), ...findings];
  const record = writeRecord(scene, session, administrations, members, at);
  return [...administrations, ...readings.flat(), ...findings, record];
}

type WritePart<P, R> = (scene: Scene, session: Session, part: P, at: string) => R;

function writeRecord(
  scene: Scene,
  session: Session,
  administrations: readonly MappedResource[],
  members: readonly MappedResource[],
  at: string,
): MappedResource {
  const identifier = partIdentifier(scene.course, [['s', session.id]], facet);
  const partOf = administrations.length > 0 ? referencesTo(administrations) : undefined;
  const resource = beginObservation(scene, identifier, session, kind, partOf);
  writeRows(sessionRows, session, resource, scene);
  const dose = doseOf(session);
  if (dose !== undefined) component('session-dose').open(resource)['valueQuantity'] = dose;
  if (members.length > 0) resource['hasMember'] = referencesTo(members);
  return mapped(resource, identifier, at);
}

/** The milligrams given in a session. */
function doseOf(session: Session): Elements | undefined {
  return doseGiven(session.administrations ?? []);
}

export const readSession = (resource: Elements): Elements => readPart(sessionRows, resource);
