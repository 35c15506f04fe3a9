import { identifierToken } from '../mapping/search-token.ts';
import type { Approach, Consist } from './approach.ts';
import { referencesFor, type Change } from './change.ts';
import type { PatientReference } from './changes.ts';
import { bytesOf, byteText, putResource, type ByteText, type References } from './content.ts';
import type { Ledger } from './ledger.ts';

/** Some changes as the body of one transaction or batch. */
export function bundleBody(
  changes: readonly Change[],
  { strategy, mode }: Pick<Approach, 'strategy' | 'mode'>,
  patient: PatientReference,
  ledger: Ledger,
): Buffer {
  const references = referencesFor(patient, ledger, namesSoon(changes, strategy));
  const pieces: ByteText[] = [`{"resourceType":"Bundle","type":"${mode}","entry":[`];
  for (const [index, change] of changes.entries()) {
    if (index > 0) pieces.push(',');
    putEntry(pieces, change, strategy, references);
  }
  pieces.push(']}');
  return bytesOf(pieces);
}

/** How what is new is named before it is there: by the id of ours that it will have, or by the urn of its entry. */
export function namesSoon(changes: readonly Change[], strategy: Approach['strategy']): ReadonlyMap<string, string> {
  const isOurs = strategy === 'update-as-create';
  return new Map(
    changes
      .filter(({ stored }) => stored === undefined)
      .map(({ wanted: { mapped }, ifNoneExist }) => [
        mapped.uuid,
        isOurs && ifNoneExist === undefined
          ? `${mapped.resource.resourceType}/${mapped.uuid}`
          : `urn:uuid:${mapped.uuid}`,
      ]),
  );
}

function putEntry(pieces: ByteText[], change: Change, strategy: Approach['strategy'], references: References): void {
  const { wanted, stored, ifNoneExist } = change;
  const { mapped, aim, content } = wanted;
  const type = mapped.resource.resourceType;
  const id = idToWrite(change, strategy);
  if (aim === 'deleted') {
    pieces.push(`{"request":{"method":"DELETE","url":"${type}/${id ?? ''}"}}`);
  } else if (id !== undefined) {
    // No fullUrl: nothing refers to the entry by a urn, and a literal reference needs none.
    const ifMatch = stored?.version === undefined ? '' : `,"ifMatch":${byteText(`W/"${stored.version}"`)}`;
    pieces.push('{"resource":');
    putResource(pieces, content, references, id);
    pieces.push(`,"request":{"method":"PUT","url":"${type}/${id}"${ifMatch}}}`);
  } else {
    const condition = ifNoneExist === undefined ? '' : `,"ifNoneExist":${byteText(ifNoneExist)}`;
    const request =
      strategy === 'conditional-update' && ifNoneExist === undefined
        ? `"PUT","url":${byteText(`${type}?identifier=${encodeURIComponent(identifierToken(mapped.identifier))}`)}`
        : `"POST","url":"${type}"${condition}`;
    pieces.push(`{"fullUrl":"urn:uuid:${mapped.uuid}","resource":`);
    putResource(pieces, content, references, id);
    pieces.push(`,"request":{"method":${request}}}`);
  }
}

/** The id under which a change is written; undefined where the target gives it. */
export function idToWrite({ wanted, stored, ifNoneExist }: Change, strategy: Approach['strategy']): string | undefined {
  if (stored !== undefined) return stored.id;
  return strategy === 'update-as-create' && ifNoneExist === undefined ? wanted.mapped.uuid : undefined;
}

/** What the changes make of a request, for judging why it was refused. */
export function consistOf(
  changes: readonly Change[],
  { strategy }: Pick<Approach, 'strategy'>,
  bytes: number,
): Consist {
  const patients = changes.filter(({ ifNoneExist }) => ifNoneExist !== undefined).length;
  const known = changes.filter(({ stored }) => stored !== undefined);
  const others = changes.length - patients - known.length;
  const clientIds = strategy === 'update-as-create' ? others : 0;
  return {
    entries: changes.length,
    puts: known.length + clientIds,
    clientIds,
    conditional: patients + (strategy === 'conditional-update' ? others : 0),
    versioned: known.some(({ stored }) => stored?.version !== undefined),
    bytes,
  };
}
