import type { Definitions } from '../definitions/definitions.ts';
import type { FhirServer } from '../exchange/ports.ts';
import type { PatientPolicy } from '../exchange/situation.ts';
import type { CourseShelf } from './shelf.ts';

/** The parts that the routes put together. */
export interface Wiring {
  readonly server: FhirServer;
  readonly definitions: Definitions;
  /** What the target does with a patient whom it does not know. */
  readonly patients: PatientPolicy;
  readonly shelf: CourseShelf;
}
