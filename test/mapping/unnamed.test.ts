import type { Bundle, Resource } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { bundleOfText, bundleTextOf, courses, find, issuesOf, receivedIn, strippedBy } from '../laws/courses.ts';
import { withoutIds } from './without-ids.ts';

/** A Bundle whose resources a server keeps without their identifiers, but for what is chosen. */
function unnamed(course: TreatmentCourse, keeps: (resource: Resource) => boolean = () => false): Bundle {
  const bundle = strippedBy(bundleOfText(bundleTextOf(course)));
  const entry = bundle.entry?.map((one) => {
    if (one.resource === undefined || keeps(one.resource)) return one;
    const { identifier: _identifier, ...resource } = one.resource as Resource & { identifier?: unknown };
    return { ...one, resource };
  });
  return { ...bundle, ...(entry !== undefined && { entry: entry.toReversed() }) };
}

describe('a course whose identifiers a server did not keep', () => {
  it('comes back whole but for the ids of its parts', () => {
    let count = 0;
    for (const course of courses(20)) {
      const bundle = unnamed(course);
      const found = find(receivedIn(bundle));
      expect(issuesOf(found)).toEqual([
        { code: 'identifiers-missing', at: 'TreatmentCourse', facts: { count: bundle.entry?.length } },
      ]);
      expect(found.courses.map((one) => withoutIds(one.course))).toEqual([withoutIds(course)]);
      count += 1;
    }
    expect(count).toBe(100);
  });

  it('of some types only, too', () => {
    for (const course of courses(2)) {
      const found = find(receivedIn(unnamed(course, ({ resourceType }) => resourceType !== 'Observation')));
      expect(issuesOf(found).map(({ code }) => code)).toEqual(['identifiers-missing']);
      expect(found.courses.map((one) => withoutIds(one.course))).toEqual([withoutIds(course)]);
    }
  });

  it('still shows what was changed', () => {
    for (const course of courses(1)) {
      const bundle = unnamed(course);
      const summary = bundle.entry?.at(-1)?.resource as Resource & { status: string };
      summary.status = 'amended';
      expect(issuesOf(find(receivedIn(bundle))).map(({ code }) => code)).toContain('changed-element');
    }
  });
});
