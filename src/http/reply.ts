import { writeJson } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { operationOutcome, statusOf } from '../outcome/operation-outcome.ts';

/** What a route answers. */
export interface Reply {
  readonly status: number;
  readonly type?: string;
  /** A text, or pieces that are sent as they come. */
  readonly body?: string | AsyncIterable<string>;
  readonly headers?: Readonly<Record<string, string>>;
}

export const fhirJson = 'application/fhir+json';
export const ndjson = 'application/x-ndjson';

export function jsonReply(status: number, value: unknown, headers: Reply['headers'] = {}): Reply {
  return { status, type: 'application/json', body: writeJson(value), headers };
}

/** One value a line. */
export function ndjsonReply(status: number, values: readonly unknown[]): Reply {
  return { status, type: ndjson, body: values.map((value) => `${writeJson(value)}\n`).join('') };
}

export function fhirReply(status: number, resource: unknown): Reply {
  return { status, type: fhirJson, body: writeJson(resource) };
}

/** The issues as OperationOutcome, with the status of the gravest. */
export function issuesReply(issues: readonly Issue[], headers: Reply['headers'] = {}): Reply {
  return { ...fhirReply(statusOf(issues), operationOutcome(issues)), headers };
}

/** One issue about the request itself. */
export function issueReply(code: Issue['code'], facts?: Issue['facts']): Reply {
  return issuesReply([{ code, at: '', ...(facts !== undefined && { facts }) }]);
}

/** What was not read of the request is thrown away, and the connection with it: its rest would be the next request. */
export function closing(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, Connection: 'close' } };
}
