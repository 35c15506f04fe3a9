import type { BundleEntry, Observation } from '@medplum/fhirtypes';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { courseDifferences } from '../../src/course/equal.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { bundleOfText, bundleTextOf, find, issuesOf, jsonOf, receivedIn } from '../laws/courses.ts';

/** What others make of a course on a server: all of it is seen, and none of it costs the rest. */

const text = readFileSync(new URL('../golden/maximal.course.json', import.meta.url), 'utf8');
const course = jsonOf(text) as unknown as TreatmentCourse;

type Entries = BundleEntry[];

function entryOf(entries: Entries, facet: string): BundleEntry & { resource: Observation } {
  const found = entries.find(({ resource }) => {
    const { identifier } = resource as Observation;
    const [first] = Array.isArray(identifier) ? identifier : [identifier];
    return first?.value?.endsWith(facet) ?? false;
  });
  if (found === undefined) throw new Error(`no ${facet}`);
  return found as BundleEntry & { resource: Observation };
}

function after(change: (entries: Entries) => Entries | void) {
  const bundle = bundleOfText(bundleTextOf(course));
  const entries = change(bundle.entry) ?? bundle.entry;
  const found = find(receivedIn({ ...bundle, entry: entries }));
  const [back] = found.courses;
  return {
    found,
    issues: issuesOf(found),
    differences: back === undefined ? undefined : courseDifferences(course, back.course, { numbers: 'value' }),
  };
}

describe('a value changed', () => {
  it('shows at its path', () => {
    const { differences, issues } = after((entries) => {
      const { resource } = entryOf(entries, '/s/1/r/1/hr');
      if (resource.valueQuantity) resource.valueQuantity.value = 97;
    });
    expect(differences).toEqual([{ at: 'TreatmentCourse.sessions[0].readings[0].heartRate.value', kind: 'changed' }]);
    expect(issues).toEqual([]);
  });

  it('to one that no course can hold is left out and said', () => {
    const { differences, issues } = after((entries) => {
      const { resource } = entryOf(entries, '/s/1/r/1/hr');
      if (resource.valueQuantity) resource.valueQuantity.code = '{beats}/min';
    });
    expect(differences).toEqual([{ at: 'TreatmentCourse.sessions[0].readings[0].heartRate', kind: 'missing' }]);
    expect(issues.map(({ code, at }) => `${code} ${at}`)).toContain(
      'unknown-unit TreatmentCourse.sessions[0].readings[0].heartRate.unit',
    );
  });

  it('of what follows from others is said at its element', () => {
    const { differences, issues } = after((entries) => {
      const { resource } = entryOf(entries, '/a/1/total');
      if (resource.valueQuantity) resource.valueQuantity.value = 15;
    });
    expect(differences).toEqual([]);
    expect(issues).toEqual([
      {
        code: 'changed-element',
        at: expect.stringMatching(/^Bundle\.entry\[\d+\]\.resource\.value\.ofType\(Quantity\)\.value$/),
      },
    ]);
  });
});

it('an element added is said at its place', () => {
  const { differences, issues } = after((entries) => {
    entryOf(entries, '/s/1/r/1/hr').resource.bodySite = { text: 'left wrist' };
  });
  expect(differences).toEqual([]);
  expect(issues).toEqual([{ code: 'unclaimed-element', at: expect.stringMatching(/\.resource\.bodySite$/) }]);
});

describe('a resource taken away', () => {
  it.each([
    ['/s/1/r/1/hr', 'TreatmentCourse.sessions[0].readings[0].heartRate'],
    ['/s/1/adm/1/administration', 'TreatmentCourse.sessions[0].administrations[0]'],
    ['/s/1/r/1/group', 'TreatmentCourse.sessions[0].readings[0]'],
    ['/s/2/record', 'TreatmentCourse.sessions[1]'],
    ['/sr/1/answers', 'TreatmentCourse.suicideRisk[0]'],
    ['/a/1/answers', 'TreatmentCourse.assessments[0]'],
  ])('%s is missed', (facet, at) => {
    const { differences, issues } = after((entries) => entries.filter((one) => one !== entryOf(entries, facet)));
    expect(differences).toContainEqual({ at, kind: 'missing' });
    expect(issues.map(({ code }) => code)).toContain('missing-resource');
  });

  it('that follows from others is missed too', () => {
    const { issues } = after((entries) => entries.filter((one) => one !== entryOf(entries, '/a/3/total')));
    expect(issues).toContainEqual({ code: 'missing-resource', at: 'TreatmentCourse.assessments[2]' });
  });

  it('that was the summary leaves no course, and says so of all that is left', () => {
    const { found, issues } = after((entries) => entries.filter((one) => one !== entryOf(entries, '/course/summary')));
    expect(found.courses).toEqual([]);
    expect(issues[0]).toEqual({ code: 'missing-resource', at: 'TreatmentCourse' });
    expect(issues.filter(({ code }) => code === 'unclaimed-resource').length).toBeGreaterThan(20);
  });
});

describe('a resource twice', () => {
  it('is no fault where it is the same one', () => {
    const { differences, issues } = after((entries) => [...entries, entryOf(entries, '/s/1/r/1/hr')]);
    expect([differences, issues]).toEqual([[], []]);
  });

  it('in two versions is its newest', () => {
    const { differences, issues } = after((entries) => {
      const now = entryOf(entries, '/s/1/r/1/hr');
      const old = { ...now.resource, valueQuantity: { ...now.resource.valueQuantity, value: 1 } };
      const versioned = (resource: Observation, versionId: string) => ({
        ...now,
        resource: { ...resource, meta: { versionId } },
      });
      return [versioned(old, '9'), ...entries.filter((one) => one !== now), versioned(now.resource, '10')];
    });
    expect([differences, issues]).toEqual([[], []]);
  });

  it('that says two things is said, whichever comes first', () => {
    for (const order of ['before', 'after']) {
      const { issues } = after((entries) => {
        const now = entryOf(entries, '/s/1/r/1/hr');
        const other = {
          ...now,
          resource: { ...now.resource, valueQuantity: { ...now.resource.valueQuantity, value: 1 } },
        };
        return order === 'before' ? [other, ...entries] : [...entries, other];
      });
      expect(issues.map(({ code }) => code)).toContain('duplicate-resource');
    }
  });

  it('under another id is said', () => {
    const { differences, issues } = after((entries) => [
      ...entries,
      { ...entryOf(entries, '/s/1/r/1/hr'), fullUrl: 'urn:uuid:0b2a7f66-4d5c-4b73-b1bb-5d4fbb7a6f10' },
    ]);
    expect(differences).toEqual([]);
    expect(issues.map(({ code }) => code)).toEqual(['unclaimed-resource']);
  });
});

it('a Bundle of anything is read without harm', () => {
  for (const odd of [
    {},
    { entry: [null, 7, {}, { resource: 'x' }, { resource: { resourceType: 'Observation' } }] },
    { entry: {} },
  ]) {
    expect(find(receivedIn({ resourceType: 'Bundle', ...odd })).courses).toEqual([]);
  }
});
