import { entry, field, root } from '../course/path.ts';
import { readDraft } from '../course/read-course.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { checkAnswers } from '../definitions/check-answers.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { checkEvaluations } from '../definitions/evaluation.ts';
import { checkSchedule } from '../definitions/schedule.ts';
import type { Json } from '../json/json.ts';
import { refuses, type Issue, type Read } from '../outcome/issue.ts';

/**
 * Reads unknown JSON as a course that can be written to FHIR: every fault of its shape, between its fields and in its
 * answers at once, each at its path.
 */
export function acceptCourse(json: Json, definitions: Definitions): Read<TreatmentCourse> {
  const { value, draft, issues: faults } = readDraft(json);
  const assessments = draft?.assessments ?? [];
  const issues = [
    ...faults,
    ...assessments.flatMap((assessment, index) =>
      assessment === undefined ? [] : checkAnswers(assessment, entry(field(root, 'assessments'), index), definitions),
    ),
    // What parts say together can be judged once each can be read.
    ...(value === undefined ? [] : checkTogether(value, definitions)),
  ];
  return { value: refuses(issues) ? undefined : value, issues };
}

function checkTogether(course: TreatmentCourse, definitions: Definitions): Issue[] {
  const programme = definitions.programme(course.programme?.key ?? '');
  return [...checkEvaluations(course, definitions), ...checkSchedule(course, programme, definitions)];
}
