import { describe, expect, it } from 'vitest';
import { courseDifferences } from '../../src/course/equal.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { bundleOfText, bundleTextOf, find, issuesOf, jsonOf, receivedIn } from '../laws/courses.ts';

const least = '"schemaVersion":"1","system":"urn:x","id":"1","patient":{"system":"urn:p","id":"1"},"status":"planned"';
const accept = (fields: string) => acceptCourse(jsonOf(`{${least}${fields}}`), shippedDefinitions);

describe('the least of each part comes back', () => {
  it.each([
    '"assessments":[{"id":"g","instrument":"gad7","statedTotal":3},{"id":"p","instrument":"phq9"}]',
    '"interviews":[{"id":"1","improvement":"partial"}]',
    '"eligibility":[{"id":"1","criteria":[]}]',
    '"phases":[{"id":"1","key":"treatment"}],"phaseTransitions":[{"id":"1","toPhaseId":"1"}]',
    '"sessions":[{"id":"1","status":"completed","sedation":[{"id":"1","scale":"moaas","score":5}]}]',
    '"assessments":[{"id":"1","instrument":"phq9"}],"outcomes":[{"id":"1","instrument":"phq9","baselineAssessmentId":"1","currentAssessmentId":"1"}]',
  ])('%s', (fields) => {
    const { value, issues } = accept(`,${fields}`);
    expect(issues).toEqual([]);
    if (value === undefined) throw new Error('refused');
    const found = find(receivedIn(bundleOfText(bundleTextOf(value))));
    expect(issuesOf(found)).toEqual([]);
    expect(found.courses.flatMap((one) => courseDifferences(value, one.course, { numbers: 'text' }))).toEqual([]);
  });
});

describe('what is stated of an evaluation', () => {
  const total = (id: string, value: number): string => `{"id":"${id}","instrument":"phq9","statedTotal":${value}}`;
  const judged = (before: number, after: number, stated: string, more = ''): readonly string[] => {
    const outcome = `{"id":"1","instrument":"phq9","baselineAssessmentId":"a","currentAssessmentId":"b",${stated}}`;
    const { issues } = accept(
      `,"programme":{"key":"portugal"},"assessments":[${total('a', before)},${total('b', after)}${more}],"outcomes":[${outcome}]`,
    );
    return issues.filter(({ at }) => at.includes('outcomes')).map(({ code }) => code);
  };

  it.each([
    [20, 10, '"statedCategory":"response","statedReductionPercent":50', []],
    [20, 10, '"statedCategory":"nonResponse"', ['stated-category-differs']],
    [20, 11, '"statedCategory":"response","statedReductionPercent":45.0', ['stated-category-differs']],
    [20, 11, '"statedCategory":"partialResponse"', ['stated-category-differs']],
    [20, 11, '"statedCategory":"remission"', ['stated-category-differs']],
    [20, 4, '"statedCategory":"remission"', []],
    [27, 14, '"statedReductionPercent":48', []],
    [27, 14, '"statedReductionPercent":50', ['stated-reduction-differs']],
    [0, 4, '"statedReductionPercent":50,"statedCategory":"response"', []],
    [10, 12, '"statedReductionPercent":-20,"statedCategory":"nonResponse"', []],
  ])('%d to %d with %s', (before, after, stated, codes) => {
    expect(judged(before, after, stated)).toEqual(codes);
  });

  it.each([
    ['norway', 'madrs', ['stated-category-differs']],
    ['norway', 'cadss', []],
    ['portugal', 'madrs', []],
    ['kaiser', 'phq9', []],
  ])('%s judges %s by its criterion, or not at all', (programme, instrument, codes) => {
    const [before, after] = [20, 5].map(
      (value, index) => `{"id":"${index}","instrument":"${instrument}","statedTotal":${value}}`,
    );
    const { issues } = accept(
      `,"programme":{"key":"${programme}"},"assessments":[${before},${after}],"outcomes":[{"id":"1","instrument":"${instrument}","baselineAssessmentId":"0","currentAssessmentId":"1","statedCategory":"nonResponse"}]`,
    );
    expect(issues.map(({ code }) => code)).toEqual(codes);
  });

  it('a score that no answers can give is said', () => {
    const { value, issues } = accept(',"assessments":[{"id":"a","instrument":"phq9","statedTotal":28}]');
    expect(issues).toEqual([{ code: 'stated-total-impossible', at: 'TreatmentCourse.assessments[0].statedTotal' }]);
    expect(value).toBeDefined();
  });

  it('another instrument is said', () => {
    const { issues } = accept(
      `,"assessments":[${total('a', 9)},{"id":"b","instrument":"gad7","statedTotal":3}],"outcomes":[{"id":"1","instrument":"phq9","baselineAssessmentId":"a","currentAssessmentId":"b"}]`,
    );
    expect(issues).toEqual([{ code: 'other-instrument', at: 'TreatmentCourse.outcomes[0].currentAssessmentId' }]);
  });
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
