import { beforeEach, describe, expect, inject, test } from 'vitest';
import { sameCourse } from '../../src/course/equal.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { refuses } from '../../src/outcome/issue.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { emptyServer } from './start.ts';
import { plainly, pull, push, selectionOf } from './target.ts';

/** A course whose every session took place so many times. */
function repeated(course: TreatmentCourse, times: number): TreatmentCourse {
  const again = <T extends { id: string }>(parts: readonly T[] = []): T[] =>
    Array.from({ length: times }, (_, n) => parts.map((part) => ({ ...part, id: `${part.id}-${n}` }))).flat();
  return {
    ...course,
    sessions: again(course.sessions),
    assessments: again(course.assessments).map(({ timepoint: _timepoint, ...rest }) => rest),
    // What would point to a session or an assessment by its old id.
    psychotherapySessions: [],
    adverseEvents: [],
    interviews: [],
    outcomes: [],
    phaseTransitions: [],
  };
}

describe.each(inject('servers'))('$kind', (on) => {
  const { base } = on;
  beforeEach(() => emptyServer(on));

  test(
    'a course beyond what includes carry is pulled whole, or what is missing is named',
    { timeout: 300_000 },
    async () => {
      const course = repeated(synthesize('norway', { seed: 51, index: 0, size: 'full' }), 10);
      const count = mapCourse(course, definitions).resources.length;
      expect(count).toBeGreaterThan(2_600);
      const receipt = await push(base, course);
      expect(receipt).toMatchObject({ state: 'delivered', counts: { created: count + 1 } });
      const [whole] = await pull(base, selectionOf(course));
      if (whole?.kind !== 'found') throw new Error('not found');
      expect(whole).toMatchObject({ issues: [], resourceCount: count, missingCount: 0 });
      expect(sameCourse(course, whole.course, { numbers: 'text' })).toBe(true);

      // HAPI does not delete what something refers to; of a course that is the total of an assessment, among others.
      const facet = on.kind === 'hapi' ? /\/a\/.*\/total$/ : /\/r\/.*\/hr$/;
      const gone = receipt.entries.findLast(({ identifier }) => facet.test(identifier));
      await plainly('DELETE', `${base}/Observation/${gone?.serverId ?? ''}`);
      const [pulled] = await pull(base, selectionOf(course));
      expect(pulled).toMatchObject({ kind: 'found', resourceCount: count - 1 });
      expect(refuses(pulled?.issues ?? [])).toBe(true);
      const missing = pulled?.issues.filter(({ code }) => code === 'missing-resource').map(({ at }) => at);
      expect(missing).toContain(on.kind === 'hapi' ? gone?.at : `Observation/${gone?.serverId ?? ''}`);
    },
  );
});
