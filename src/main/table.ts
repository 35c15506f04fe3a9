import { columns } from '../cli/columns.ts';
import { sentenceOf, severityOf } from '../outcome/issue.ts';
import type { Compared } from './examples.ts';

const header = ['programme', 'course', 'sessions', 'resources sent', 'read back'];

/** The examples as a table for people: a line each, and below it every place that differs. */
export function table(examples: readonly Compared[]): string {
  const rows = examples.map(({ course, resources, differences }) => [
    course.programme?.key ?? '-',
    course.id,
    String(course.sessions?.length ?? 0),
    String(resources),
    verdict(differences),
  ]);
  const [first = '', ...lines] = columns([header, ...rows]);
  const below = examples.map(({ differences, issues }) =>
    differences === undefined
      ? issues.filter((issue) => severityOf(issue) === 'error').map((issue) => `  ${sentenceOf(issue)}`)
      : differences.map((at) => `  ${at}`),
  );
  return [first, ...lines.flatMap((line, index) => [line, ...(below[index] ?? [])])].join('\n');
}

function verdict(differences: Compared['differences']): string {
  if (differences === undefined) return 'not read back:';
  return differences.length === 0 ? 'equal' : 'differs at:';
}
