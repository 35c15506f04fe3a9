import { describe, expect, it } from 'vitest';
import { courseDifferences } from '../../src/course/equal.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { bundleOfText, bundleTextOf, find, issuesOf, jsonOf, receivedIn } from '../laws/courses.ts';

const least = '"schemaVersion":"1","system":"urn:x","id":"1","patient":{"system":"urn:p","id":"1"},"status":"planned"';
const accept = (fields: string) => acceptCourse(jsonOf(`{${least}${fields}}`), shippedDefinitions);

describe('what is not mapped yet', () => {
  it.each([
    ['"assessments":[{"id":"g","instrument":"gad7","statedTotal":3},{"id":"p","instrument":"phq9"}]', 'assessments[0]'],
    ['"interviews":[{"id":"1","improvement":"partial"}]', 'interviews[0]'],
    [
      '"sessions":[{"id":"1","status":"completed","sedation":[{"id":"1","scale":"moaas","score":5}]}]',
      'sessions[0].sedation[0]',
    ],
  ])('%s is said, and what is mapped comes back without an issue', (fields, at) => {
    const { value, issues } = accept(`,${fields}`);
    expect(issues).toEqual([{ code: 'not-mapped-yet', at: `TreatmentCourse.${at}` }]);
    if (value === undefined) throw new Error('refused');
    const found = find(receivedIn(bundleOfText(bundleTextOf(value))));
    expect(issuesOf(found)).toEqual([]);
    const lost = found.courses.flatMap((one) => courseDifferences(value, one.course, { numbers: 'text' }));
    expect(lost.every((difference) => difference.kind === 'missing')).toBe(true);
  });
});

it('stated subscores are not mapped yet, and are said', () => {
  const { issues } = accept(
    ',"assessments":[{"id":"1","instrument":"madrs","statedSubscores":[{"key":"a","value":3}]}]',
  );
  expect(issues.map(({ at }) => at)).toContain('TreatmentCourse.assessments[0].statedSubscores[0]');
  expect(issues.every(({ code }) => code === 'not-mapped-yet')).toBe(true);
});

describe('an end before its start', () => {
  it.each([
    ['2025-05-05', '2025-05-04'],
    ['2024', '2023'],
    ['2025-05', '2025-04'],
    ['2025-05', '2025-04-30'],
    ['2025-05-05T10:00:00Z', '2025-05-05T09:59:59Z'],
    ['2025-05-05T00:00:00Z', '2025-05-04'],
  ])('is seen from %s to %s', (start, end) => {
    expect(accept(`,"start":"${start}","end":"${end}"`).issues).toEqual([
      { code: 'end-before-start', at: 'TreatmentCourse.end' },
    ]);
  });

  it.each([
    ['2025-05-05', '2025-05-05'],
    ['2025-05-05T10:00:00Z', '2025-05-05T10:00:00Z'],
    ['2025-05-05T10:00:00Z', '2025-05-05'],
    ['2025-05-05', '2025'],
  ])('is none from %s to %s', (start, end) => {
    expect(accept(`,"start":"${start}","end":"${end}"`).issues).toEqual([]);
  });
});

it('an empty object is absence, wherever a field is optional', () => {
  const { value, issues } = accept(
    ',"consent":{},"site":{},"programme":{},"sessions":[{"id":"1","status":"completed","weight":{},"reason":{},"plannedDose":{"amount":{}}}]',
  );
  expect(issues).toEqual([]);
  expect(value).toEqual(jsonOf(`{${least},"sessions":[{"id":"1","status":"completed"}]}`));
  expect(accept(',"adverseEvents":[{"id":"1","event":{}}]').issues.map(({ code }) => code)).toContain('one-of-needed');
});

it.each(['urn:oid:abc', 'urn:uuid:nope', 'x:y', 'HTTP://X', 'mailto:a@example.org', String.raw`C:\\x`])(
  '%s is no system of identifiers',
  (system) => {
    expect(accept(`,"site":{"system":"${system}"}`).issues).toEqual([
      { code: 'invalid-uri', at: 'TreatmentCourse.site.system' },
    ]);
  },
);
