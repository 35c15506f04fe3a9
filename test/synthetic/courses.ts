import type { TreatmentCourse } from '../../src/course/schema.ts';
import { programmes, type ProgrammeKey, type Size } from '../../src/synthetic/programmes.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';

/** The programmes that courses are made of. */
export const programmeKeys = Object.keys(programmes) as ProgrammeKey[];

/** So many courses of each programme. */
export const coursesOf = (size: Size, each: number, seed = 1): readonly TreatmentCourse[] =>
  programmeKeys.flatMap((key) => Array.from({ length: each }, (_, index) => synthesize(key, { seed, index, size })));
