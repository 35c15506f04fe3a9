/**
 * Which mapping wrote a resource. It is raised whenever a course is written as other bytes than before: what a target
 * holds of an unchanged course is then left as it is until somebody asks for it (`replay --mapping`).
 * `test/mapping/mapping-version.test.ts` holds the golden Bundles to it.
 */
export const mappingVersion = '1';
