import type { Resource } from '@medplum/fhirtypes';
import { ownExtension } from './canonicals.ts';
import { isElements, type Elements } from './elements.ts';
import type { ReceivedResource } from './mapped.ts';

/** Some servers keep no business identifiers. What is left of a course there is whole but for the ids of its parts. */

export const isUnnamed = ({ resource }: Pick<ReceivedResource, 'resource'>): boolean => !('identifier' in resource);

/** The id that a server, or a Bundle, gave a resource. */
export const idGiven = ({ resource, fullUrl }: ReceivedResource): string | undefined =>
  resource.id ?? fullUrl?.split(/[/:]/).at(-1);

/** The summary names assessments by their identifiers: references would close a circle. */
const labelUrl = ownExtension('assessment-label');

/** A resource without what says its own identifier, or another's: for comparing it with one that lost them. */
export function withoutNames(resource: Resource): Resource {
  const { identifier: _identifier, extension, ...rest } = resource as unknown as Elements;
  const kept = Array.isArray(extension)
    ? extension.filter((one) => !isElements(one) || one['url'] !== labelUrl)
    : undefined;
  return { ...rest, ...(kept !== undefined && kept.length > 0 && { extension: kept }) } as unknown as Resource;
}
