import type { Resource } from '@medplum/fhirtypes';
import type { Identifier } from '../course/identity.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Issue } from '../outcome/issue.ts';

/** A resource that a course is written as, and where it came from. References between them are `urn:uuid:<uuid>`. */
export interface MappedResource {
  readonly resource: Resource;
  readonly identifier: Identifier;
  /** The resource's id where the target accepts ours, and its urn:uuid in a Bundle. */
  readonly uuid: string;
  /** The course path that this resource says, e.g. `TreatmentCourse.sessions[2].readings[0]`. */
  readonly at: string;
}

/** A course as FHIR resources, every one after those that it refers to. */
export interface MappedCourse {
  readonly course: TreatmentCourse;
  readonly resources: readonly MappedResource[];
}

/** A resource as it was received. `at` is its place in the input, e.g. `Bundle.entry[3].resource`. */
export interface ReceivedResource {
  readonly resource: Resource;
  readonly at: string;
  /** The Bundle's fullUrl of the entry, where there is one. */
  readonly fullUrl?: string;
}

/** A course found among received resources, and all that was not understood or does not fit. */
export interface FoundCourse {
  readonly course: TreatmentCourse;
  /** At `Bundle.entry[i].resource…` (an element) or at a course path (something missing). */
  readonly issues: readonly Issue[];
  /** How many of the received resources belong to it. */
  readonly resourceCount: number;
}

export interface FoundCourses {
  readonly courses: readonly FoundCourse[];
  /** One `stranger` issue for each resource that belongs to no course. */
  readonly strangers: readonly Issue[];
  /** Resources of ours that could not be rebuilt into a course, and why. */
  readonly issues: readonly Issue[];
}
