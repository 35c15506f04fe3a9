import { entry, field, root } from '../course/path.ts';
import type { PartialCourse } from '../course/partial.ts';
import { readPartial } from '../course/read-partial.ts';
import { checkAnswers } from '../definitions/check-answers.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Json } from '../json/json.ts';
import { refuses, severityOf, type Read } from '../outcome/issue.ts';

/**
 * Reads unknown JSON as a partial submission: every fault that it has whatever the course is, its answers included,
 * each at its path. What is worth saying of it, but no fault, is said once it is part of the course.
 */
export function acceptPartial(json: Json, definitions: Definitions): Read<PartialCourse> {
  const { value, draft, issues: faults } = readPartial(json);
  const answers = (draft?.assessments ?? []).flatMap((assessment, index) =>
    assessment === undefined ? [] : checkAnswers(assessment, entry(field(root, 'assessments'), index), definitions),
  );
  const issues = [...faults, ...answers.filter((issue) => severityOf(issue) === 'error')];
  return { value: refuses(issues) ? undefined : value, issues };
}
