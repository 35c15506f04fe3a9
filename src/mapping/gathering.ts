import { courseIdentifier, partIdentifier, partIdOf, type CourseKey, type Step } from '../course/identity.ts';
import type { Issue } from '../outcome/issue.ts';
import { elementIn, elementsIn, textIn, type Elements } from './elements.ts';
import type { ReceivedResource } from './mapped.ts';
import type { CourseMembers, Kind, Recognised } from './recognise.ts';
import { idGiven, isUnnamed } from './unnamed.ts';

/** Finds the received resource that a reference names. */
export type Resolve = (reference: string) => ReceivedResource | undefined;

/** A set of one course's resources while it is read: what refers to what, and what has been read as what. */
export interface Gathering {
  readonly key: CourseKey;
  readonly members: readonly Recognised[];
  readonly issues: Issue[];
  /** Which received resource was read as the resource of which identifier (its value). */
  readonly claims: Map<string, ReceivedResource>;
  /** The member that a reference of another names. */
  member(reference: string | undefined): Recognised | undefined;
  /** The scores that are derived from a response; it does not name them. */
  scoresOf(answers: Recognised): readonly Recognised[];
  has(reference: string): boolean;
}

export function gatheringOf({ key, members }: CourseMembers, resolve: Resolve): Gathering {
  const byReceived = new Map(members.map((one) => [one.received, one]));
  const member = (reference: string | undefined): Recognised | undefined => {
    const target = reference === undefined ? undefined : resolve(reference);
    return target && byReceived.get(target);
  };
  const scores = scoresByResponse(members, member);
  return {
    key,
    members,
    issues: [],
    claims: new Map(),
    member,
    scoresOf: (answers) => scores.get(answers) ?? [],
    has: (reference) => resolve(reference) !== undefined,
  };
}

function scoresByResponse(
  members: readonly Recognised[],
  member: Gathering['member'],
): ReadonlyMap<Recognised, readonly Recognised[]> {
  const scores = new Map<Recognised, Recognised[]>();
  for (const one of members) {
    if (one.kind !== 'total' && one.kind !== 'subscore') continue;
    for (const derived of elementsIn(one.elements, 'derivedFrom')) {
      const answers = member(textIn(derived, 'reference'));
      if (answers === undefined) continue;
      const known = scores.get(answers);
      if (known === undefined) scores.set(answers, [one]);
      else known.push(one);
    }
  }
  return scores;
}

/** What a list of references names. A resource that is not there is an issue at its reference. */
export function targets(gathering: Gathering, from: Recognised, list: 'hasMember' | 'partOf'): Recognised[] {
  return elementsIn(from.elements, list).flatMap((one, index) => {
    const reference = textIn(one, 'reference') ?? '';
    if (gathering.has(reference)) return gathering.member(reference) ?? [];
    gathering.issues.push({ code: 'missing-resource', at: `${from.received.at}.${list}[${index}]` });
    return [];
  });
}

export const ofKind = (members: readonly Recognised[], kind: Kind): Recognised[] =>
  members.filter((one) => one.kind === kind);

/**
 * The part's own id, read from the identifier of the resource that holds the part, and the resource claimed for it. A
 * server that keeps no identifiers has given the resource an id: better another name for the part than no part.
 */
export function ownId(
  gathering: Gathering,
  one: Recognised,
  stepsOf: (id: string) => readonly Step[],
  facet: string,
): string | undefined {
  const { received, elements } = one;
  const identifier = elementIn(elements, 'identifier') ?? identifierOf(elements, gathering.key.system);
  const id = isUnnamed(received) ? idGiven(received) : partIdOf(textIn(identifier, 'value') ?? '');
  if (id === undefined || id === '') {
    gathering.issues.push({ code: 'changed-element', at: `${received.at}.identifier` });
    return undefined;
  }
  return claim(gathering, one, stepsOf(id), facet) ? id : undefined;
}

/** Of several identifiers (a server or another system may add its own) the one in the course's namespace. */
const identifierOf = (elements: Elements, system: string): Elements | undefined => {
  const identifiers = elementsIn(elements, 'identifier');
  return identifiers.find((one) => one['system'] === system) ?? identifiers[0];
};

/** Says that a received resource was read as the facet of a part. A second one of the same is an issue. */
export function claim(gathering: Gathering, one: Recognised, steps: readonly Step[], facet: string): boolean {
  return claimAs(gathering, one, partIdentifier(gathering.key, steps, facet).value);
}

export const claimOfCourse = (gathering: Gathering, one: Recognised, facet: 'summary' | 'record'): boolean =>
  claimAs(gathering, one, courseIdentifier(gathering.key, facet).value);

function claimAs({ claims, issues }: Gathering, { received }: Recognised, value: string): boolean {
  if (claims.has(value)) {
    issues.push({ code: 'duplicate-resource', at: received.at });
    return false;
  }
  claims.set(value, received);
  return true;
}
