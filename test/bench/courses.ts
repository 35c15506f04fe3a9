import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { writeJson } from '../../src/json/json.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { programmes, type ProgrammeKey } from '../../src/synthetic/programmes.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';

/** A course as it comes in, and how many resources it becomes. */
export interface CourseText {
  readonly text: string;
  readonly resources: number;
}

const keys = Object.keys(programmes) as ProgrammeKey[];

/** Full-size courses of all programmes in turn, the same ones every time, each with an id of its own. */
export function* courseTexts(): Generator<CourseText> {
  for (let index = 0; ; index += 1) {
    for (const key of keys) {
      const course = synthesize(key, { seed: 1, index, size: 'full' });
      yield { text: writeJson(course), resources: mapCourse(course, definitions).resources.length };
    }
  }
}
