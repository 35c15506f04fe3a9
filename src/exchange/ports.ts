import type { Bundle, OperationOutcome, Resource, ResourceType } from '@medplum/fhirtypes';

/**
 * What a FHIR server answered, as a value. `accepted`: it did it. `refused`: it will not, and sending the same again is
 * pointless. `unavailable`: nothing was done. `unknown`: it was sent and the answer was lost, or was 504.
 */
export type Answer<T> =
  | { readonly kind: 'accepted'; readonly status: number; readonly body: T; readonly etag?: string }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly reason: 'status' | 'not-fhir' | 'not-authorised' | 'wrong-version';
      readonly outcome?: OperationOutcome;
    }
  | { readonly kind: 'unavailable'; readonly status?: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'unknown'; readonly status?: number };

/** A FHIR R4 server as the use-cases need it. Every search goes by POST, so that no identifier stands in a URL. */
export interface FhirServer {
  /** The CapabilityStatement's fhirVersion; refused (`wrong-version`) unless it is 4.0.x. */
  capabilities(): Promise<Answer<{ readonly fhirVersion: string; readonly software?: string }>>;
  transaction(bundle: Bundle): Promise<Answer<Bundle>>;
  batch(bundle: Bundle): Promise<Answer<Bundle>>;
  read(type: ResourceType, id: string): Promise<Answer<Resource>>;
  /** All pages, `next` followed verbatim, entries of search.mode=outcome left out, the server's cache passed by. */
  search(type: ResourceType, parameters: readonly (readonly [string, string])[]): Promise<Answer<readonly Resource[]>>;
}

/** What happened to one resource of a course on the target. */
export interface ReceiptEntry {
  readonly type: string;
  readonly identifier: string;
  readonly at: string;
  readonly state: 'created' | 'updated' | 'unchanged' | 'refused' | 'unknown' | 'not-sent';
  readonly serverId?: string;
  readonly version?: string;
}
