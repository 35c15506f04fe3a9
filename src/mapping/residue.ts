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
  const issues: Issue[] = [];
  compareElements(expected as unknown as Elements, received as unknown as Elements, at, { issues, referenceKey }, true);
  return issues;
}

/** Whether a stored resource says what we would write, the server's own additions aside. */
export function sameContent(expected: Resource, stored: Resource, referenceKey: ReferenceKey): boolean {
  return residueOf(expected, stored, '', referenceKey).length === 0;
}

interface Comparing {
  readonly issues: Issue[];
  readonly referenceKey: ReferenceKey;
}

// A server's own: it gives ids and versions, may add narrative, tags, profiles and sources (Resource, DomainResource).
const serversOwn = new Set(['id', 'meta', 'text']);

function compareElements(
  expected: Elements,
  received: Elements,
  at: string,
  comparing: Comparing,
  isResource: boolean,
): void {
  for (const name of Object.keys(expected)) {
    if (isResource && serversOwn.has(name)) continue;
    compare(expected[name], received[name], `${at}.${placeName(name)}`, comparing);
  }
  for (const name of Object.keys(received)) {
    if (name in expected || (isResource && serversOwn.has(name))) continue;
    // The patient's identifier is what counts; servers and policies add the reference beside it.
    if (name === 'reference' && expected['type'] === 'Patient') continue;
    comparing.issues.push({ code: 'unclaimed-element', at: `${at}.${placeName(name)}` });
  }
}

function compare(expected: unknown, received: unknown, at: string, comparing: Comparing): void {
  if (received === undefined) {
    comparing.issues.push({ code: 'missing-element', at });
  } else if (Array.isArray(expected) && Array.isArray(received) && isSet(expected)) {
    compareMembers(expected, received, at, comparing);
  } else if (Array.isArray(expected) && Array.isArray(received)) {
    for (let i = 0; i < Math.max(expected.length, received.length); i += 1) {
      const place = `${at}[${i}]`;
      if (i >= expected.length) comparing.issues.push({ code: 'unclaimed-element', at: place });
      else compare(expected[i], received[i], place, comparing);
    }
  } else if (isElements(expected) && !isJsonNumber(expected) && isElements(received) && !isJsonNumber(received)) {
    if (typeof expected['reference'] === 'string') compareReferences(expected, received, at, comparing);
    else compareElements(expected, received, at, comparing, false);
  } else if (!sameLeaf(expected, received)) {
    comparing.issues.push({ code: 'changed-element', at });
  }
}

const isReference = (value: unknown): value is Elements => isElements(value) && typeof value['reference'] === 'string';

/** A list of different references; an evaluation of one assessment against itself names it twice, in order. */
const isSet = (list: readonly unknown[]): list is readonly Elements[] =>
  list.every(isReference) && new Set(list.map(({ reference }) => reference)).size === list.length;

/** A list of references is a set: one that is missing must not make all behind it look changed. */
function compareMembers(
  expected: readonly Elements[],
  received: readonly unknown[],
  at: string,
  comparing: Comparing,
): void {
  const open = new Map(expected.map((one) => [one['reference'], one]));
  received.forEach((one, index) => {
    const given = isReference(one) ? String(one['reference']) : '';
    const key = comparing.referenceKey(given) ?? given;
    const member = open.get(key);
    if (member === undefined) comparing.issues.push({ code: 'unclaimed-element', at: `${at}[${index}]` });
    else compareReferences(member, one as Elements, `${at}[${index}]`, comparing);
    open.delete(key);
  });
  if (open.size > 0) comparing.issues.push({ code: 'missing-element', at, facts: { missing: open.size } });
}

function compareReferences(expected: Elements, received: Elements, at: string, comparing: Comparing): void {
  const { reference, ...rest } = expected;
  const { reference: given, ...others } = received;
  if (typeof given !== 'string') comparing.issues.push({ code: 'missing-element', at: `${at}.reference` });
  else if ((comparing.referenceKey(given) ?? given) !== reference) {
    comparing.issues.push({ code: 'changed-element', at: `${at}.reference` });
  }
  compareElements(rest, others, at, comparing, false);
}

function sameLeaf(expected: unknown, received: unknown): boolean {
  if (isJsonNumber(expected) && isJsonNumber(received)) return numberValue(expected) === numberValue(received);
  return expected === received;
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
