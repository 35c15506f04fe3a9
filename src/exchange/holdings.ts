import type { Resource, ResourceType } from '@medplum/fhirtypes';
import type { Identifier } from '../course/identity.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { escapeSearchValue, identifierToken } from '../mapping/search-token.ts';
import type { Answer, FhirServer } from './ports.ts';
import { identifiersOf, keyOf } from './references.ts';
import { inChunks, rawIdentifierToken } from './search-values.ts';

/** What a target holds under the identifiers of a course: by the UUID of each of its resources, one or several. */
export type Holdings = ReadonlyMap<string, readonly Resource[]>;

/**
 * How identifiers are searched for. By their values alone Helios (0.2.7) finds a hundred in 20 ms; by `system|value` it
 * reads through all of a system, as soon as there are two of them. Whichever way, what is found is checked in full.
 */
export type Asked = 'system-and-value' | 'value';

/** Looks up every resource of a course on the target, by its identifier. */
export async function findHoldings(
  server: FhirServer,
  resources: readonly MappedResource[],
  asked: Asked = 'system-and-value',
): Promise<Answer<Holdings>> {
  const byType = Map.groupBy(resources, ({ resource }) => resource.resourceType);
  const answers = await Promise.all(
    [...byType].map(([type, ofType]) =>
      findByIdentifiers(
        server,
        type,
        ofType.map(({ identifier }) => identifier),
        asked,
      ),
    ),
  );
  const holdings = new Map<string, readonly Resource[]>();
  let status = 200;
  for (const [index, ofType] of [...byType.values()].entries()) {
    const answer = answers[index];
    if (answer === undefined) continue;
    if (answer.kind !== 'accepted') return answer;
    ({ status } = answer);
    for (const { uuid, identifier } of ofType) {
      const found = answer.body.get(keyOf(identifier));
      if (found !== undefined) holdings.set(uuid, found);
    }
  }
  return { kind: 'accepted', status, body: holdings };
}

/**
 * The resources of a type that carry one of the identifiers, by `keyOf` it. Every result is checked: a server may
 * ignore a parameter that it does not know, and then finds everything.
 */
export async function findByIdentifiers(
  server: FhirServer,
  type: ResourceType,
  identifiers: readonly Identifier[],
  asked: Asked = 'system-and-value',
): Promise<Answer<ReadonlyMap<string, readonly Resource[]>>> {
  const found = new Map<string, readonly Resource[]>();
  const wanted = new Set(identifiers.map(keyOf));
  const keep = (resources: readonly Resource[]): void => {
    for (const resource of resources) {
      for (const key of new Set(identifiersOf(resource).map(keyOf))) {
        const known = found.get(key) ?? [];
        if (wanted.has(key) && known.every(({ id }) => id !== resource.id)) found.set(key, [...known, resource]);
      }
    }
  };
  const tokens =
    asked === 'value' ? identifiers.map(({ value }) => escapeSearchValue(value)) : identifiers.map(identifierToken);
  for (const chunk of inChunks(tokens)) {
    const answer = await searchTokens(server, type, chunk);
    if (answer.kind !== 'accepted') return answer;
    keep(answer.body);
  }
  // Values of ours have nothing to escape; systems can.
  const missed = asked === 'value' ? [] : identifiers.filter((one) => !found.has(keyOf(one)));
  for (const token of missed.flatMap((one) => rawIdentifierToken(one) ?? [])) {
    const answer = await searchTokens(server, type, token);
    // A server that reads escapes may take the raw text for a fault: it has given its answer already.
    if (answer.kind === 'accepted') keep(answer.body);
    else if (answer.kind !== 'refused') return answer;
  }
  return { kind: 'accepted', status: 200, body: found };
}

const searchTokens = (server: FhirServer, type: ResourceType, tokens: string): Promise<Answer<readonly Resource[]>> =>
  server.search(type, [
    ['identifier', tokens],
    ['_count', pageSize],
  ]);

/** As much as any server gives; each cuts it to its own limit. */
export const pageSize = '200';
