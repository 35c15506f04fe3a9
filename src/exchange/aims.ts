import type { TreatmentCourse } from '../course/schema.ts';
import { mapCourse } from '../mapping/course-to-bundle.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { isOfThisMapping, writingOf } from '../mapping/mapping-version.ts';
import { patientOf } from './change.ts';
import { contentOf } from './content.ts';
import { newLedger, type Ledger } from './ledger.ts';
import { keptResources, type HeldResource } from './receipt.ts';
import type { DeliveryMode, KeptReceipt } from './store.ts';
import { mappedVersions, wantedBack, wantedOf, type MappedVersions, type Versions, type Wanted } from './wanted.ts';

/** What a delivery is to reach, and what is known of the target before anything was asked. */
export interface Prepared {
  /** In its canonical form: places are places in that. */
  readonly course: TreatmentCourse;
  /** In the order in which they are written: each after those that it refers to. */
  readonly wanted: readonly Wanted[];
  readonly ledger: Ledger;
  /** What has to be looked at before anything is said of it. */
  readonly unsure: readonly Wanted[];
  /** The types of all resources, the patient's too, by UUID. */
  readonly types: () => ReadonlyMap<string, string>;
  /** What writes the course now, as a receipt keeps it. */
  readonly writing: string;
  /** Whether what stands there under another claim is written anew: somebody asked for the course as it is set now. */
  readonly reclaims: boolean;
  /** The rows as the receipt has them. */
  readonly kept: ReadonlyMap<string, HeldResource>;
}

export async function prepare(
  delivery: {
    readonly course: TreatmentCourse;
    readonly versionSeq: number;
    readonly mode: DeliveryMode;
    readonly receipt?: KeptReceipt;
    readonly openSince?: number;
    readonly attempted?: readonly number[];
  },
  world: Versions,
): Promise<Prepared> {
  const { course, versionSeq, mode, receipt, openSince, attempted = [] } = delivery;
  const kept = keptResources(receipt?.resources);
  const versions = mappedVersions(world);
  const { course: canonical, resources } = mapCourse(course, world.definitions);
  const present = new Set(resources.map(({ uuid }) => uuid));
  const known =
    receipt === undefined || isOfThisMapping(receipt.mapping)
      ? kept.resources
      : await underThisMapping(kept.resources, versions);
  const tried = await triedSince(attempted, known, present, versions);
  const back = [...known.filter((row) => !present.has(row.uuid) && isToTakeBack(row, mode)), ...tried];
  const wanted = [
    ...wantedOf(resources, versionSeq, course, world),
    ...(await wantedBack(back, course, versions, world)),
  ];
  const writing = writingOf(world.claim ?? 'off');
  const ledger = newLedger([...known, ...tried], kept.patient);
  const all = mode === 'repair' || openSince !== undefined;
  const unsure = all ? wanted : wanted.filter(({ mapped }) => isUnsure(ledger.rows.get(mapped.uuid)));
  return {
    course: canonical,
    wanted,
    ledger,
    unsure,
    types: () => typesOf(course, wanted, ledger),
    writing,
    reclaims: mode === 'repair' && receipt !== undefined && receipt.mapping !== writing,
    kept: new Map(kept.resources.map((row) => [row.uuid, row])),
  };
}

function typesOf(course: TreatmentCourse, wanted: readonly Wanted[], { rows }: Ledger): ReadonlyMap<string, string> {
  const types = new Map<string, string>([[patientOf(course).uuid, 'Patient']]);
  for (const { uuid, type } of rows.values()) types.set(uuid, type);
  for (const { mapped } of wanted) types.set(mapped.uuid, mapped.resource.resourceType);
  return types;
}

/** Whether the target may hold what the course does not say any more. A repair looks after what was taken back, too. */
function isToTakeBack({ state, serverId }: HeldResource, mode: DeliveryMode): boolean {
  if (state === 'deleted') return false;
  if (state === 'retracted') return mode === 'repair';
  return state === 'unknown' || serverId !== undefined;
}

/** Sent and never answered, or there with a content that nobody can tell any more. */
const isUnsure = (row: HeldResource | undefined): boolean =>
  row !== undefined && (row.state === 'unknown' || (row.serverId !== undefined && row.hash === undefined));

/**
 * The rows with the hashes that this mapping gives to what the target was told. What an earlier one wrote of an
 * unchanged part is left as it is.
 */
async function underThisMapping(rows: readonly HeldResource[], versions: MappedVersions): Promise<HeldResource[]> {
  const result: HeldResource[] = [];
  for (const row of rows) {
    const { hash: _hash, ...rest } = row;
    const said = (await versions(row.since))?.get(row.uuid);
    const same = said !== undefined && row.state !== 'retracted' ? { hash: contentOf(said.resource).hash } : {};
    result.push(row.serverId === undefined ? row : { ...rest, ...same });
  }
  return result;
}

/** What versions have that were sent, perhaps, and of which no receipt tells. */
async function triedSince(
  attempted: readonly number[],
  known: readonly HeldResource[],
  present: ReadonlySet<string>,
  versions: MappedVersions,
): Promise<HeldResource[]> {
  const tried = new Map<string, HeldResource>();
  const rows = new Set(known.map(({ uuid }) => uuid));
  for (const since of attempted) {
    for (const one of (await versions(since))?.values() ?? []) {
      if (!present.has(one.uuid) && !rows.has(one.uuid)) tried.set(one.uuid, rowOf(one, since));
    }
  }
  return [...tried.values()];
}

const rowOf = ({ uuid, resource, identifier, at }: MappedResource, since: number): HeldResource => ({
  uuid,
  type: resource.resourceType,
  identifier: identifier.value,
  at,
  state: 'unknown',
  since,
});
