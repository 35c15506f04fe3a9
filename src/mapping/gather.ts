import { courseIdentifier, partIdentifier, partIdOf, type CourseKey, type Step } from '../course/identity.ts';
import { root } from '../course/path.ts';
import { readCourse } from '../course/read-course.ts';
import { salvage } from '../course/salvage.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Json } from '../json/json.ts';
import { severityOf, type Issue } from '../outcome/issue.ts';
import { readAdministration } from './administration.ts';
import { readAnswers, readTotal } from './assessment.ts';
import { readCourseRecord } from './course-record.ts';
import { readSummary, responseCountOf } from './course-summary.ts';
import { elementIn, elementsIn, textIn, type Elements } from './elements.ts';
import type { ReceivedResource } from './mapped.ts';
import { readReading } from './reading.ts';
import type { CourseMembers, Kind, Recognised } from './recognise.ts';
import { readSession } from './session-record.ts';
import { readSuicideRisk } from './suicide-risk.ts';
import { readVitalSign } from './vital-signs.ts';
import { readWeight } from './weight.ts';

/** What a course's resources say together. */
export interface Gathered {
  /** Undefined where the resources do not make a course: no summary, no patient, or values that no course can hold. */
  readonly course: TreatmentCourse | undefined;
  readonly issues: readonly Issue[];
  /** Which received resource was read as the resource of which identifier (its value). */
  readonly claims: ReadonlyMap<string, ReceivedResource>;
}

type Resolve = (reference: string) => ReceivedResource | undefined;

/** A set of a course's resources while it is read. */
interface Table {
  readonly key: CourseKey;
  readonly members: ReadonlyMap<ReceivedResource, Recognised>;
  readonly resolve: Resolve;
  readonly claims: Map<string, ReceivedResource>;
  readonly issues: Issue[];
  /** The total that is derived from a response; a response does not name it. */
  readonly totals: ReadonlyMap<ReceivedResource, Recognised>;
}

/** Reads one course from its resources, beginning at its summary and following the references. */
export function gather({ key, members }: CourseMembers, resolve: Resolve): Gathered {
  const table: Table = {
    key,
    members: new Map(members.map((one) => [one.received, one])),
    resolve,
    claims: new Map(),
    issues: [],
    totals: totalsOf(members, resolve),
  };
  const [summary, ...others] = members.filter(({ kind }) => kind === 'course-summary');
  for (const { received } of others) table.issues.push({ code: 'duplicate-resource', at: received.at });
  if (summary === undefined) {
    return { course: undefined, issues: [{ code: 'missing-resource', at: root }], claims: table.claims };
  }
  table.claims.set(courseIdentifier(key, 'summary').value, summary.received);
  const { course, issues } = readWhole(table, summary);
  return { course, issues: [...table.issues, ...issues], claims: table.claims };
}

function totalsOf(members: readonly Recognised[], resolve: Resolve): ReadonlyMap<ReceivedResource, Recognised> {
  const totals = new Map<ReceivedResource, Recognised>();
  for (const one of members) {
    if (one.kind !== 'total') continue;
    for (const { reference } of elementsIn(one.elements, 'derivedFrom')) {
      const answers = typeof reference === 'string' ? resolve(reference) : undefined;
      // A second total of one response is left unclaimed, and so is reported.
      if (answers !== undefined && !totals.has(answers)) totals.set(answers, one);
    }
  }
  return totals;
}

function readWhole(
  table: Table,
  summary: Recognised,
): { course: TreatmentCourse | undefined; issues: readonly Issue[] } {
  const sessionIds = new Map<ReceivedResource, string>();
  const sessions = targets(table, summary, 'hasMember', 'session-record').flatMap((record) => {
    const id = ownId(table, record, (own) => [['s', own]], 'record');
    if (id === undefined) return [];
    sessionIds.set(record.received, id);
    return [readVisit(table, record, id)];
  });
  const responses = [...table.members.values()].filter((one) => refersTo(table, one, 'partOf', summary));
  const record = claimCourseRecord(table, responses);
  const assessments = responses.flatMap((one) => readAssessment(table, one, sessionIds));
  const suicideRisk = responses.flatMap((one) => {
    if (one.kind !== 'suicide-risk') return [];
    const id = ownId(table, one, (own) => [['sr', own]], 'answers');
    return id === undefined ? [] : [{ id, ...readSuicideRisk(one.elements) }];
  });
  const expected = responseCountOf(summary.elements);
  const found = (record === undefined ? 0 : 1) + assessments.length + suicideRisk.length;
  if (expected !== undefined && found < expected) {
    table.issues.push({
      code: 'missing-resource',
      at: root,
      facts: { expected, found, type: 'QuestionnaireResponse' },
    });
  }
  const { patient, ...ofRecord } = record ?? {};
  const json = {
    schemaVersion: '1',
    ...table.key,
    ...ofRecord,
    ...readSummary(summary.elements),
    patient: { ...patientOf(summary.elements), ...(patient as Elements | undefined) },
    ...(sessions.length > 0 && { sessions }),
    ...(assessments.length > 0 && { assessments }),
    ...(suicideRisk.length > 0 && { suicideRisk }),
  };
  return readAsFarAs(json as unknown as Json);
}

/**
 * The course as far as its values are ones that a course can hold. What somebody else made of one of them is left out
 * and said; it does not cost the rest.
 */
function readAsFarAs(json: Json): { course: TreatmentCourse | undefined; issues: readonly Issue[] } {
  const { value, issues } = readCourse(json);
  if (value !== undefined) return { course: value, issues: [] };
  return { course: salvage(json), issues: issues.filter((issue) => severityOf(issue) === 'error') };
}

function patientOf(summary: Elements): Elements {
  const identifier = elementIn(elementIn(summary, 'subject'), 'identifier');
  const system = textIn(identifier, 'system');
  const id = textIn(identifier, 'value');
  return { ...(system !== undefined && { system }), ...(id !== undefined && { id }) };
}

function readVisit(table: Table, record: Recognised, sessionId: string): Elements {
  const above: Step = ['s', sessionId];
  const administrations = targets(table, record, 'partOf', 'administration').flatMap((one) => {
    const id = ownId(table, one, (own) => [above, ['adm', own]], 'administration');
    return id === undefined ? [] : [{ id, ...readAdministration(one.elements) }];
  });
  const readings = targets(table, record, 'hasMember', 'reading').flatMap((one) => {
    const id = ownId(table, one, (own) => [above, ['r', own]], 'group');
    return id === undefined ? [] : [{ id, ...readMeasured(table, one, [above, ['r', id]]) }];
  });
  const [weight] = targets(table, record, 'hasMember', 'weight');
  if (weight !== undefined) claim(table, weight, [above], 'weight');
  return {
    id: sessionId,
    ...readSession(record.elements),
    ...(administrations.length > 0 && { administrations }),
    ...(readings.length > 0 && { readings }),
    ...(weight !== undefined && { weight: readWeight(weight.elements) }),
  };
}

function readMeasured(table: Table, group: Recognised, steps: readonly Step[]): Elements {
  const reading = readReading(group.elements);
  for (const one of targets(table, group, 'hasMember', 'vital-sign')) {
    const vitalSign = readVitalSign(one.elements);
    if (vitalSign !== undefined && claim(table, one, steps, vitalSign.facet)) Object.assign(reading, vitalSign.part);
  }
  return reading;
}

function readAssessment(
  table: Table,
  answers: Recognised,
  sessionIds: ReadonlyMap<ReceivedResource, string>,
): Elements[] {
  const { kind, instrument, elements } = answers;
  if (kind !== 'answers' || instrument === undefined) return [];
  const id = ownId(table, answers, (own) => [['a', own]], 'answers');
  if (id === undefined) return [];
  const { part, session } = readAnswers(elements, instrument);
  const target = session === undefined ? undefined : table.resolve(session);
  const sessionId = target === undefined ? undefined : sessionIds.get(target);
  if (sessionId !== undefined) part['timepoint'] = { ...(part['timepoint'] as Elements), sessionId };
  const total = table.totals.get(answers.received);
  if (total !== undefined) claim(table, total, [['a', id]], 'total');
  return [{ id, ...part, ...(total !== undefined && readTotal(total.elements)) }];
}

function claimCourseRecord(table: Table, responses: readonly Recognised[]): Elements | undefined {
  const record = responses.find(({ kind }) => kind === 'course-record');
  if (record === undefined) return undefined;
  table.claims.set(courseIdentifier(table.key, 'record').value, record.received);
  return readCourseRecord(record.elements);
}

/** The resources of a kind that a list of references names. One that is not there is an issue at the reference. */
function targets(table: Table, from: Recognised, list: 'hasMember' | 'partOf', kind: Kind): Recognised[] {
  return elementsIn(from.elements, list).flatMap((one, index) => {
    const target = table.resolve(textIn(one, 'reference') ?? '');
    if (target === undefined) {
      if (kind !== 'weight') {
        table.issues.push({ code: 'missing-resource', at: `${from.received.at}.${list}[${index}]` });
      }
      return [];
    }
    const member = table.members.get(target);
    return member?.kind === kind ? [member] : [];
  });
}

function refersTo(table: Table, from: Recognised, list: 'partOf', target: Recognised): boolean {
  return elementsIn(from.elements, list).some(
    (one) => table.resolve(textIn(one, 'reference') ?? '') === target.received,
  );
}

/** The part's own id, read from the identifier of the resource that holds the part, and the resource claimed for it. */
function ownId(
  table: Table,
  { received, elements }: Recognised,
  stepsOf: (id: string) => readonly Step[],
  facet: string,
): string | undefined {
  const identifier = elementIn(elements, 'identifier') ?? identifierOf(elements, table.key.system);
  const id = partIdOf(textIn(identifier, 'value') ?? '');
  if (id === undefined || id === '') {
    table.issues.push({ code: 'changed-element', at: `${received.at}.identifier` });
    return undefined;
  }
  const { value } = partIdentifier(table.key, stepsOf(id), facet);
  if (table.claims.has(value)) {
    table.issues.push({ code: 'duplicate-resource', at: received.at });
    return undefined;
  }
  table.claims.set(value, received);
  return id;
}

/** Of several identifiers (a server or another system may add its own) the one in the course's namespace. */
const identifierOf = (elements: Elements, system: string): Elements | undefined => {
  const identifiers = elementsIn(elements, 'identifier');
  return identifiers.find((one) => one['system'] === system) ?? identifiers[0];
};

function claim(table: Table, { received }: Recognised, steps: readonly Step[], facet: string): boolean {
  const { value } = partIdentifier(table.key, steps, facet);
  if (table.claims.has(value)) {
    table.issues.push({ code: 'duplicate-resource', at: received.at });
    return false;
  }
  table.claims.set(value, received);
  return true;
}
