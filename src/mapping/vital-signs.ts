import { facetIdentifier } from '../course/identity.ts';
import type { Quantity, Reading, Session } from '../course/schema.ts';
import { dataAbsentReasonSystem } from './canonicals.ts';
import { ownCoding, standardConcept } from './codings.ts';
import { vitalTime, writeVitalTime, type VitalTime } from './effective.ts';
import { elementIn, elementsIn, type Elements } from './elements.ts';
import { quantity, quantityOf } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { kindOf, observationKind, type ObservationKind } from './observation.ts';
import { hasCoding } from './places.ts';
import { mapped, type Scene } from './scene.ts';
import { beginMember } from './session-member.ts';

/**
 * The vital signs of a reading: each an Observation that conforms to R4's profile of it
 * (https://hl7.org/fhir/R4/observation-vitalsigns.html). To add one: a line here, its codes under `profiles`.
 */

/** A vital sign with a value of its own: the field of the reading, its code, and the facet of its identifier. */
export const singleVitalSigns = [
  { field: 'heartRate', facet: 'hr' },
  { field: 'respiratoryRate', facet: 'rr' },
  { field: 'oxygenSaturation', facet: 'spo2' },
  { field: 'temperature', facet: 'temp' },
] as const;

/** The blood pressure panel: R4's bp profile wants systolic and diastolic, and a missing half is said to be missing. */
export const bloodPressure = {
  code: 'bloodPressure',
  facet: 'bp',
  components: [
    { field: 'systolic', required: true },
    { field: 'diastolic', required: true },
    { field: 'meanArterial', required: false },
  ],
} as const;

/** What a measurement is: with LOINC first, and without where the time has no day, which R4's profiles of it ask for. */
interface Measurement {
  readonly standard: ObservationKind;
  readonly own: ObservationKind;
}

export const measurement = (code: string): Measurement => ({
  standard: kindOf(standardConcept('observation', code), 'vital-signs'),
  own: observationKind(code, 'vital-signs'),
});

const measurements = new Map(
  [
    bloodPressure.code,
    ...bloodPressure.components.map(({ field }) => field),
    ...singleVitalSigns.map(({ field }) => field),
  ].map((code) => [code as string, measurement(code)]),
);

/** The kind of a measurement at a time. */
export const measured = ({ standard, own }: Measurement, { hasDay }: VitalTime): ObservationKind =>
  hasDay ? standard : own;

const kindAt = (code: string, time: VitalTime): ObservationKind =>
  measured(measurements.get(code) ?? measurement(code), time);

/** `path` is what the identifiers of the reading's facets begin with, `at` the place of the reading in the course. */
export function writeVitalSigns(
  scene: Scene,
  session: Session,
  reading: Reading,
  path: string,
  at: string,
): MappedResource[] {
  const written: MappedResource[] = [];
  const time = vitalTime(reading.at, session.at);
  const when: Elements = {};
  writeVitalTime(when, time, scene);
  const write = (code: string, facet: string, place: string, name: string, value: unknown): void => {
    const identifier = facetIdentifier(scene.course, path, facet);
    const resource = beginMember(scene, session, reading, identifier, kindAt(code, time));
    Object.assign(resource, when);
    resource[name] = value;
    written.push(mapped(resource, identifier, place));
  };
  const pressure = bloodPressure.components.filter(({ field }) => reading[field] !== undefined);
  if (pressure.length > 0) {
    const components = bloodPressure.components.filter((one) => one.required || pressure.includes(one));
    const value = components.map(({ field }) => componentOf(field, reading[field], time));
    write(bloodPressure.code, bloodPressure.facet, at, 'component', value);
  }
  for (const { field, facet } of singleVitalSigns) {
    const value = reading[field];
    if (value !== undefined) write(field, facet, `${at}.${field}`, 'valueQuantity', quantityOf(value));
  }
  return written;
}

function componentOf(code: string, value: Quantity | undefined, time: VitalTime): Elements {
  const component: Elements = { code: kindAt(code, time).code };
  if (value === undefined) {
    component['dataAbsentReason'] = { coding: [{ system: dataAbsentReasonSystem, code: 'unknown' }] };
  } else {
    component['valueQuantity'] = quantityOf(value);
  }
  return component;
}

/** What a vital sign says of its reading; `facet` is the one it should have. Undefined where it is none of ours. */
export function readVitalSign(resource: Elements): { readonly facet: string; readonly part: Elements } | undefined {
  const code = elementIn(resource, 'code');
  if (hasOwnCode(code, bloodPressure.code)) {
    const part: Elements = {};
    for (const { field } of bloodPressure.components) {
      const component = elementsIn(resource, 'component').find((one) => hasOwnCode(elementIn(one, 'code'), field));
      const value = component === undefined ? undefined : quantity.take(component, 'valueQuantity');
      if (value !== undefined) part[field] = value;
    }
    return { facet: bloodPressure.facet, part };
  }
  const kind = singleVitalSigns.find(({ field }) => hasOwnCode(code, field));
  if (kind === undefined) return undefined;
  const value = quantity.take(resource, 'valueQuantity');
  return { facet: kind.facet, part: value === undefined ? {} : { [kind.field]: value } };
}

const observationSystem = ownCoding('observation', '').system;
const hasOwnCode = (concept: Elements | undefined, code: string): boolean =>
  hasCoding(concept, observationSystem, code);
