import { serverId } from '../course/identity.ts';
import { root } from '../course/path.ts';
import { isJsonObject, type Json } from '../json/json.ts';

/**
 * How a resource of a course stands on a target. `held`: as the course says it. `retracted`: it stays there in error.
 * `deleted`: it was taken off. `not-deliverable`: the target cannot hold it. `refused`: the target did not take it this
 * time. `unknown`: it was sent, and never answered.
 */
export type HeldState = (typeof heldStates)[number];
const heldStates = ['held', 'retracted', 'deleted', 'not-deliverable', 'refused', 'unknown'] as const;

/** What a target holds of one resource of a course, as far as it told us. */
export interface HeldResource {
  /** Our own id for it: the target's too, where that takes ids of ours. */
  readonly uuid: string;
  readonly type: string;
  /** The value of its identifier. */
  readonly identifier: string;
  /** The course path that it says. */
  readonly at: string;
  readonly state: HeldState;
  /** The target's id; absent where nothing is known to be there. */
  readonly serverId?: string;
  readonly version?: string;
  /** Of the content that is there; absent where that is not known. */
  readonly hash?: string;
  /** The version of the course that said so. */
  readonly since: number;
}

/** What a receipt keeps: the resources, and the target's patient whom they are about. */
export interface KeptResources {
  readonly resources: readonly HeldResource[];
  /** The target's id of the patient. */
  readonly patient?: string;
}

// A course has hundreds of resources, and a receipt is written with each delivery: what all have in common is said once,
// a UUID follows from the identifier, and a state, a type and an own id are numbers.
type Row = readonly [
  type: number,
  identifier: string,
  at: string,
  state: number,
  since: number,
  serverId: string | number,
  version: string | number,
  hash: string | number,
];
const types = ['Observation', 'MedicationAdministration', 'QuestionnaireResponse'];
const absent = 0;
const ours = 1;

/** The resources of a course as they are kept. All are of one identifier system. */
export function receiptJson(system: string, { resources, patient }: KeptResources): Json {
  const prefix = commonStart(resources);
  const rows = resources.map((one): Row => [
    types.indexOf(one.type),
    one.identifier.slice(prefix.length),
    one.at.slice(root.length),
    heldStates.indexOf(one.state),
    one.since,
    one.serverId === one.uuid ? ours : (one.serverId ?? absent),
    one.version ?? absent,
    one.hash ?? absent,
  ]);
  return { system, prefix, rows, ...(patient !== undefined && { patient }) };
}

/** What all identifiers begin with: the id of the course. */
function commonStart(resources: readonly HeldResource[]): string {
  const [first, ...others] = resources;
  const start = first?.identifier.slice(0, first.identifier.indexOf('/') + 1) ?? '';
  return others.every(({ identifier }) => identifier.startsWith(start)) ? start : '';
}

/** Reads what `receiptJson` wrote; nothing where it did not. */
export function keptResources(json: Json | undefined): KeptResources {
  if (!isJsonObject(json)) return { resources: [] };
  const { system, prefix, rows, patient } = json;
  if (typeof system !== 'string' || typeof prefix !== 'string' || !Array.isArray(rows)) return { resources: [] };
  return {
    resources: (rows as unknown as readonly Row[]).map((row) => heldIn(row, system, prefix)),
    ...(typeof patient === 'string' && { patient }),
  };
}

/** The resources that a kept receipt tells of. */
export function heldResources(json: Json | undefined): readonly HeldResource[] {
  return keptResources(json).resources;
}

function heldIn(row: Row, system: string, prefix: string): HeldResource {
  const [typeIndex, rest, at, state, since, id, version, hash] = row;
  const type = types[typeIndex] ?? 'Resource';
  const identifier = prefix + rest;
  const uuid = serverId(type, { system, value: identifier });
  return {
    uuid,
    type,
    identifier,
    at: root + at,
    state: heldStates[state] ?? 'unknown',
    since,
    ...(id !== absent && { serverId: id === ours ? uuid : String(id) }),
    ...(version !== absent && { version: String(version) }),
    ...(hash !== absent && { hash: String(hash) }),
  };
}

/** What became of a resource in one delivery. */
export type EntryState = 'created' | 'updated' | 'unchanged' | 'refused' | 'unknown' | 'not-sent';

/** The same of one resource. */
export interface ReceiptEntry extends Pick<
  HeldResource,
  'uuid' | 'type' | 'identifier' | 'at' | 'serverId' | 'version'
> {
  readonly state: EntryState;
}

export const noCounts: Readonly<Record<EntryState, number>> = {
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: 0,
  unknown: 0,
  'not-sent': 0,
};
