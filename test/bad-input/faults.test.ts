import { describe, expect, it } from 'vitest';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { writeJson } from '../../src/json/json.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { severityOf, type Issue } from '../../src/outcome/issue.ts';
import { operationOutcome } from '../../src/outcome/operation-outcome.ts';
import { jsonOf } from '../laws/courses.ts';
import { faults, planted, remarks, type Fault } from './faults.ts';

const accept = (put: readonly Pick<Fault, 'put'>[]) => acceptCourse(jsonOf(planted(put)), shippedDefinitions);

const errorsOf = (issues: readonly Issue[]): string[] =>
  issues
    .filter((issue) => severityOf(issue) === 'error')
    .map(({ code, at }) => `${code} ${at}`)
    .toSorted();

const expected = (...put: readonly Fault[]): string[] => put.map(({ code, at }) => `${code} ${at}`).toSorted();

it('the good course is good', () => {
  const { value, issues } = accept([]);
  expect(value).toBeDefined();
  expect(issues.map(({ code }) => code)).toEqual(['safety-item']);
});

describe.each(faults)('$name', (fault) => {
  it(`is ${fault.code} at ${fault.at}, alone`, () => {
    const { value, issues } = accept([fault]);
    expect(value).toBeUndefined();
    expect(errorsOf(issues)).toEqual(expected(fault));
  });

  it('is reported beside any other', () => {
    for (const other of faults) {
      if (other === fault) continue;
      expect(errorsOf(accept([fault, other]).issues), other.name).toEqual(expected(fault, other));
    }
  });
});

it('all of them at once are all reported', () => {
  expect(errorsOf(accept(faults).issues)).toEqual(expected(...faults));
});

describe.each(remarks)('$name', (remark) => {
  it(`is ${remark.code} at ${remark.at}, and refuses nothing`, () => {
    const { value, issues } = accept([remark]);
    expect(value).toBeDefined();
    expect(issues.map(({ code, at }) => `${code} ${at}`)).toContain(`${remark.code} ${remark.at}`);
  });
});

it('a time without offset needs a zone', () => {
  const { issues } = accept([{ put: ['timeZone', undefined] }]);
  expect(issues.filter(({ code }) => code === 'time-without-zone').map(({ at }) => at)).toContain(
    'TreatmentCourse.start',
  );
});

it('no received value is in any outcome', () => {
  const marked = JSON.stringify(JSON.parse(planted([])), (_key, value: unknown) =>
    typeof value === 'string' ? `zqmarker ${value}` : value,
  );
  const { issues } = acceptCourse(jsonOf(marked), shippedDefinitions);
  expect(issues.length).toBeGreaterThan(20);
  expect(writeJson(operationOutcome(issues))).not.toContain('zqmarker');
});
