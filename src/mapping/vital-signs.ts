import { partIdentifier, type Identifier } from '../course/identity.ts';
import type { Quantity, Reading, Session } from '../course/schema.ts';
import { ownCoding, standardCodings } from './codings.ts';
import { dataAbsentReasonSystem, observationCategorySystem } from './canonicals.ts';
import { vitalTime, writeVitalTime } from './effective.ts';
import { elementIn, elementsIn, type Elements } from './elements.ts';
import { quantity } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { hasCoding } from './places.ts';
import { firstDoseReference } from './administration.ts';
import { begin, mapped, observationStatus, references, type Scene } from './scene.ts';

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

const context = { zone: undefined };

/** A coding of a measurement: LOINC first, unless the time has no day, which R4's profiles of LOINC codes ask for. */
export const measurementCode = (code: string, withStandard: boolean): Elements => ({
  coding: [...(withStandard ? standardCodings('observation', code) : []), ownCoding('observation', code)],
});

export const vitalSignsCategory = [{ coding: [{ system: observationCategorySystem, code: 'vital-signs' }] }];

export function writeVitalSigns(scene: Scene, session: Session, reading: Reading, at: string): MappedResource[] {
  const written: MappedResource[] = [];
  const time = vitalTime(reading.at, session.at);
  const first = firstDoseReference(scene, session);
  const write = (code: string, facet: string, place: string, fill: (resource: Elements) => void): void => {
    const identifier = vitalSignIdentifier(scene, session, reading, facet);
    const resource = begin(scene, 'Observation', identifier, reading);
    if (first !== undefined) resource['partOf'] = references([first]);
    resource['status'] = observationStatus(scene, reading);
    resource['category'] = vitalSignsCategory;
    resource['code'] = measurementCode(code, time.hasDay);
    writeVitalTime(resource, time, scene);
    fill(resource);
    written.push(mapped(resource, identifier, place));
  };
  if (bloodPressure.components.some(({ field }) => reading[field] !== undefined)) {
    write(bloodPressure.code, bloodPressure.facet, at, (resource) => {
      resource['component'] = bloodPressure.components.flatMap(({ field, required }) => {
        const value = reading[field];
        return value === undefined && !required ? [] : [componentOf(field, value, time.hasDay)];
      });
    });
  }
  for (const { field, facet } of singleVitalSigns) {
    const value = reading[field];
    if (value === undefined) continue;
    write(field, facet, `${at}.${field}`, (resource) => quantity.put(resource, 'valueQuantity', value, context));
  }
  return written;
}

const vitalSignIdentifier = (scene: Scene, session: Session, reading: Reading, facet: string): Identifier =>
  partIdentifier(
    scene.course,
    [
      ['s', session.id],
      ['r', reading.id],
    ],
    facet,
  );

function componentOf(code: string, value: Quantity | undefined, withStandard: boolean): Elements {
  const component: Elements = { code: measurementCode(code, withStandard) };
  if (value === undefined) {
    component['dataAbsentReason'] = { coding: [{ system: dataAbsentReasonSystem, code: 'unknown' }] };
  } else {
    quantity.put(component, 'valueQuantity', value, context);
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
