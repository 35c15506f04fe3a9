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
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const below = examples.map(({ differences, issues }) =>
    differences === undefined
      ? issues.filter((issue) => severityOf(issue) === 'error').map((issue) => `  ${sentenceOf(issue)}`)
      : differences.map((at) => `  ${at}`),
  );
  return [line(header), ...rows.flatMap((row, index) => [line(row), ...(below[index] ?? [])])].join('\n');
}

function verdict(differences: Compared['differences']): string {
  if (differences === undefined) return 'not read back:';
  return differences.length === 0 ? 'equal' : 'differs at:';
}
