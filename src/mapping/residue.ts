import type { Resource } from '@medplum/fhirtypes';
import { isJsonNumber, numberValue } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { isElements, type Elements } from './elements.ts';

/**
 * What a received resource says beside, or against, what the course that was read from it would write. The course is
 * written again and compared element by element, so that nothing a reader overlooked can pass: every leaf is either
 * in the course, or follows from it, or is reported here.
 */

/** The urn:uuid that we would give the target of a received reference; undefined where it is none of ours. */
export type ReferenceKey = (received: string) => string | undefined;

/** The differences as issues, at FHIRPath places below `at`. Numbers count by value: some servers drop zeros. */
export function residueOf(expected: Resource, received: Resource, at: string, referenceKey: ReferenceKey): Issue[] {
  const comparing: Comparing = { issues: [], referenceKey, at, path: [] };
  compareElements(expected as unknown as Elements, received as unknown as Elements, comparing, isServersOwn);
  return comparing.issues;
}

/** Whether a stored resource says what we would write, the server's own additions aside. */
export function sameContent(expected: Resource, stored: Resource, referenceKey: ReferenceKey): boolean {
  return residueOf(expected, stored, '', referenceKey).length === 0;
}

interface Comparing {
  readonly issues: Issue[];
  readonly referenceKey: ReferenceKey;
  readonly at: string;
  /** Where the comparison stands: names and indexes. Only a difference is worth the text of its place. */
  readonly path: (string | number)[];
}

function report({ issues, at, path }: Comparing, code: Issue['code'], facts?: Issue['facts']): void {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${placeName(step)}`)).join('');
  issues.push({ code, at: `${at}${place}`, ...(facts !== undefined && { facts }) });
}

// A server's own: it gives ids and versions, may add narrative, tags, profiles and sources (Resource, DomainResource).
const isServersOwn = (name: string): boolean => name === 'id' || name === 'meta' || name === 'text';

const isNone = (): boolean => false;
const isReferenceName = (name: string): boolean => name === 'reference';

/** Compares the elements of two objects, but for those that are compared otherwise or not at all. */
function compareElements(
  expected: Elements,
  received: Elements,
  comparing: Comparing,
  isApart: (name: string) => boolean,
): void {
  const { path } = comparing;
  let known = 0;
  for (const name in expected) {
    const one = expected[name];
    const other = received[name];
    if (other !== undefined) known += 1;
    if (isSame(one, other) || isApart(name)) continue;
    path.push(name);
    compare(one, other, comparing);
    path.pop();
  }
  // Counting is enough where there is nothing more, which is nearly always.
  for (const _ in received) known -= 1;
  if (known !== 0) reportUnclaimed(expected, received, comparing, isApart);
}

function reportUnclaimed(
  expected: Elements,
  received: Elements,
  comparing: Comparing,
  isApart: (name: string) => boolean,
): void {
  for (const name of Object.keys(received)) {
    if (Object.hasOwn(expected, name) || isApart(name)) continue;
    // The patient's identifier is what counts; servers and policies add the reference beside it.
    if (name === 'reference' && expected['type'] === 'Patient') continue;
    comparing.path.push(name);
    report(comparing, 'unclaimed-element');
    comparing.path.pop();
  }
}

/** Whether two values are the same, leaf for leaf. Nearly all are, and asking costs half of looking for a difference. */
function isSame(expected: unknown, received: unknown): boolean {
  if (expected === received) return true;
  if (typeof expected !== 'object' || typeof received !== 'object' || expected === null || received === null) {
    return false;
  }
  if (Array.isArray(expected)) return Array.isArray(received) && isSameList(expected, received);
  return !Array.isArray(received) && hasSameElements(expected as Elements, received as Elements);
}

function isSameList(expected: readonly unknown[], received: readonly unknown[]): boolean {
  if (expected.length !== received.length) return false;
  for (let i = 0; i < expected.length; i += 1) if (!isSame(expected[i], received[i])) return false;
  return true;
}

function hasSameElements(expected: Elements, received: Elements): boolean {
  let more = 0;
  for (const name in expected) {
    if (!isSame(expected[name], received[name])) return false;
    more -= 1;
  }
  for (const _ in received) more += 1;
  return more === 0;
}

/** Compares two values that are not identical. */
function compare(expected: unknown, received: unknown, comparing: Comparing): void {
  if (received === undefined) {
    report(comparing, 'missing-element');
  } else if (Array.isArray(expected) && Array.isArray(received)) {
    compareLists(expected, received, comparing);
  } else if (isElement(expected) && isElement(received)) {
    if (typeof expected['reference'] === 'string') compareReferences(expected, received, comparing);
    else compareElements(expected, received, comparing, isNone);
  } else if (!sameNumber(expected, received)) {
    report(comparing, 'changed-element');
  }
}

const isElement = (value: unknown): value is Elements => isElements(value) && !isJsonNumber(value);

function compareLists(expected: readonly unknown[], received: readonly unknown[], comparing: Comparing): void {
  if (isSet(expected)) return compareMembers(expected, received, comparing);
  const { path } = comparing;
  for (let i = 0; i < Math.max(expected.length, received.length); i += 1) {
    path.push(i);
    if (i >= expected.length) report(comparing, 'unclaimed-element');
    else if (!isSame(expected[i], received[i])) compare(expected[i], received[i], comparing);
    path.pop();
  }
}

const isReference = (value: unknown): value is Elements => isElements(value) && typeof value['reference'] === 'string';

/** A list of different references; an evaluation of one assessment against itself names it twice, in order. */
const isSet = (list: readonly unknown[]): list is readonly Elements[] =>
  isReference(list[0]) &&
  list.every(isReference) &&
  (list.length === 1 || new Set(list.map(({ reference }) => reference)).size === list.length);

/** A list of references is a set: one that is missing must not make all behind it look changed. */
function compareMembers(expected: readonly Elements[], received: readonly unknown[], comparing: Comparing): void {
  const { path, referenceKey } = comparing;
  const open = new Map(expected.map((one) => [one['reference'], one]));
  received.forEach((one, index) => {
    const given = isReference(one) ? String(one['reference']) : '';
    const key = referenceKey(given) ?? given;
    const member = open.get(key);
    path.push(index);
    if (member === undefined) report(comparing, 'unclaimed-element');
    else compareReferences(member, one as Elements, comparing);
    path.pop();
    open.delete(key);
  });
  if (open.size > 0) report(comparing, 'missing-element', { missing: open.size });
}

function compareReferences(expected: Elements, received: Elements, comparing: Comparing): void {
  const { path, referenceKey } = comparing;
  const given = received['reference'];
  path.push('reference');
  if (typeof given !== 'string') report(comparing, 'missing-element');
  else if ((referenceKey(given) ?? given) !== expected['reference']) report(comparing, 'changed-element');
  path.pop();
  compareElements(expected, received, comparing, isReferenceName);
}

function sameNumber(expected: unknown, received: unknown): boolean {
  return isJsonNumber(expected) && isJsonNumber(received) && numberValue(expected) === numberValue(received);
}

// FHIRPath names a choice by its stem and the type: valueQuantity is value.ofType(Quantity).
const choice = /^(_?)(value|effective|medication|onset|rate|multipleBirth|deceased)([A-Z][A-Za-z0-9]*)$/;

function placeName(name: string): string {
  const [, marker, stem, type = ''] = choice.exec(name) ?? [];
  if (stem === undefined) return name.startsWith('_') ? name.slice(1) : name;
  const primitive =
    /^(Boolean|Integer|String|Decimal|Uri|Url|Canonical|Code|Date|DateTime|Instant|Time|Oid|Uuid|Id|Markdown|PositiveInt|UnsignedInt|Base64Binary)$/;
  const fhirType = primitive.test(type) ? `${type.charAt(0).toLowerCase()}${type.slice(1)}` : type;
  return marker === undefined ? name : `${stem}.ofType(${fhirType})`;
}
