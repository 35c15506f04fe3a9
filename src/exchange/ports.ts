import type { Bundle, Resource, ResourceType } from '@medplum/fhirtypes';

/**
 * What a FHIR server answered, as a value. `accepted`: it did it. `refused`: it will not, and sending the same again is
 * pointless. `unavailable`: nothing was done. `unknown`: it was sent, and whether it was done is not known.
 */
export type Answer<T> = Accepted<T> | Failure;

export interface Accepted<T> {
  readonly kind: 'accepted';
  readonly status: number;
  readonly body: T;
  /** How long the server asks us to wait before the next request: it may have refused entries inside this very answer. */
  readonly retryAfterSeconds?: number;
}

export type Failure =
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly reason: 'status' | 'not-fhir' | 'not-authorised' | 'wrong-version';
      readonly faults: readonly ServerFault[];
    }
  | { readonly kind: 'unavailable'; readonly status?: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'unknown'; readonly status?: number };

/** What a server's OperationOutcome says was wrong, without its texts: servers repeat what they received in them. */
export interface ServerFault {
  /** A code of http://hl7.org/fhir/issue-type. */
  readonly code: string;
  /** The FHIRPath places it names. */
  readonly places: readonly string[];
}

export type SearchParameters = readonly (readonly [name: string, value: string])[];

/** A FHIR R4 server as the use-cases need it. Every search goes by POST, so that no identifier stands in a URL. */
export interface FhirServer {
  /** The CapabilityStatement's fhirVersion; refused (`wrong-version`) unless it is 4.0.x. */
  capabilities(): Promise<Answer<Capabilities>>;
  /** Sends a Bundle of type transaction: its bytes, as they go out. */
  transaction(body: Uint8Array): Promise<Answer<Bundle>>;
  batch(body: Uint8Array): Promise<Answer<Bundle>>;
  /** Makes a resource under an id of the target's own; with `ifNoneExist` unless that search finds one. */
  create(type: ResourceType, body: Uint8Array, ifNoneExist?: string): Promise<Answer<Place>>;
  /** Writes a resource under an id; with a version only where that is the present one. */
  update(type: ResourceType, id: string, body: Uint8Array, version?: string): Promise<Answer<Place>>;
  remove(type: ResourceType, id: string): Promise<Answer<Place>>;
  read(type: ResourceType, id: string): Promise<Answer<Resource>>;
  /** All pages, `next` followed verbatim, entries of search.mode=outcome left out, the server's cache passed by. */
  search(type: ResourceType, parameters: SearchParameters): Promise<Answer<readonly Resource[]>>;
  /** Lets time pass, where a server asked for it. */
  wait(seconds: number): Promise<void>;
}

/** Where a resource was written, as far as the target says. */
export interface Place {
  readonly id?: string;
  readonly version?: string;
}

export interface Capabilities {
  readonly fhirVersion: string;
  readonly software?: string;
}
