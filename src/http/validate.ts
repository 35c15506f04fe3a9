import { readText } from '../course/read-text.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { operationOutcome } from '../outcome/operation-outcome.ts';
import { resourceTypes } from '../validation/resource-types.ts';
import { readBody } from './body.ts';
import { acceptsJson, isPretty } from './conformance-format.ts';
import { fhirJson, issueReply, issuesReply, type Reply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Service } from './service.ts';

/**
 * `$validate` of a type (https://hl7.org/fhir/R4/resource-operation-validate.html): the body is the resource, or
 * Parameters with it. Whatever is wrong with the resource, the answer is 200 and an OperationOutcome; another status says
 * that nothing was judged.
 */
export function postValidate({ door, definitions }: Pick<Service, 'door' | 'definitions'>): Handler {
  return async (request) => {
    const { type } = request.params;
    if (typeof type !== 'string' || !resourceTypes.includes(type)) return issueReply('no-such-route');
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    if (!acceptsJson(request, query)) return issueReply('not-acceptable');
    const pretty = isPretty(query);
    const inQuery = queryIn(query);
    if (pretty === undefined || inQuery === undefined) return issueReply('bad-request');
    const body = await readBody(request, door.bodies, [fhirJson]);
    if (!body.ok) return body.reply;
    try {
      const { value, issues } = readText(body.text);
      if (value === undefined) return issuesReply(issues);
      const asked = askedIn(value);
      if (!asked.ok) return issuesReply([asked.issue]);
      const modes = [...inQuery.modes, ...asked.modes];
      if (modes.some((mode) => mode !== 'create' && mode !== 'update')) return issueReply('mode-not-supported');
      const profiles = [...inQuery.profiles, ...asked.profiles];
      return outcomeReply(await faultsOf(asked.resource, type, profiles, definitions), pretty);
    } finally {
      body.done();
    }
  };
}

interface Wanted {
  readonly profiles: readonly string[];
  readonly modes: readonly string[];
}

/** What an address asks for beside a resource in the body; undefined where it asks for something else. */
function queryIn(query: URLSearchParams): Wanted | undefined {
  const known = ['profile', 'mode', '_format', '_pretty'];
  if ([...query.keys()].some((name) => !known.includes(name))) return undefined;
  const profiles = query.getAll('profile');
  return profiles.includes('') ? undefined : { profiles, modes: query.getAll('mode') };
}

type Asked =
  ({ readonly ok: true; readonly resource: JsonObject } & Wanted) | { readonly ok: false; readonly issue: Issue };

/** The resource in a body, and what is asked of it. */
function askedIn(body: Json): Asked {
  if (!isResource(body)) return { ok: false, issue: { code: 'not-fhir', at: '' } };
  if (body['resourceType'] !== 'Parameters') return { ok: true, resource: body, profiles: [], modes: [] };
  const { parameter = [] } = body;
  const resources: JsonObject[] = [];
  const profiles: string[] = [];
  const modes: string[] = [];
  for (const [index, one] of Array.isArray(parameter) ? (parameter as readonly Json[]).entries() : []) {
    const { name, resource, ...value } = isJsonObject(one) ? one : {};
    const text = value['valueUri'] ?? value['valueCanonical'] ?? value['valueUrl'] ?? value['valueCode'];
    if (name === 'resource' && isResource(resource)) resources.push(resource);
    else if (name === 'profile' && typeof text === 'string') profiles.push(text);
    else if (name === 'mode' && typeof text === 'string') modes.push(text);
    else return { ok: false, issue: { code: 'bad-request', at: `Parameters.parameter[${index}]` } };
  }
  const [resource, ...others] = resources;
  if (resource !== undefined && others.length === 0) return { ok: true, resource, profiles, modes };
  // To delete something takes no resource.
  const isOfMode = modes.some((mode) => mode !== 'create' && mode !== 'update');
  return { ok: false, issue: { code: isOfMode ? 'mode-not-supported' : 'bad-request', at: 'Parameters' } };
}

const isResource = (value: Json | undefined): value is JsonObject =>
  isJsonObject(value) && Object.hasOwn(value, 'resourceType');

async function faultsOf(
  resource: JsonObject,
  type: string,
  profiles: readonly string[],
  definitions: Definitions,
): Promise<readonly Issue[]> {
  // The first who asks waits for it, and nobody else.
  const { checkerFor } = await import('../validation/checker-for.ts');
  const issues = checkerFor(definitions).check(resource, { profiles });
  if (resource['resourceType'] === type) return issues;
  return [{ code: 'resource-of-other-type', at: '', facts: { expected: type } }, ...issues];
}

const outcomeReply = (issues: readonly Issue[], pretty: boolean): Reply => ({
  status: 200,
  type: fhirJson,
  body: JSON.stringify(operationOutcome(issues), undefined, pretty ? 2 : undefined),
});
