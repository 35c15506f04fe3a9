import { readFileSync } from 'node:fs';
import type { PartialCourse } from '../../src/course/partial.ts';
import { readPartial } from '../../src/course/read-partial.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { parseJson, writeJson, type Json } from '../../src/json/json.ts';

/** The course that uses every field of the format. */
export const everything = jsonFrom(
  readFileSync(new URL('../golden/everything.course.json', import.meta.url), 'utf8'),
) as unknown as TreatmentCourse;

export function jsonFrom(text: string): Json {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error('not JSON');
  return parsed.value;
}

/** The partial of a course that says these fields. */
export const saying = (fields: object, of: TreatmentCourse = everything): Json =>
  jsonFrom(writeJson({ schemaVersion: '1', system: of.system, id: of.id, ...fields }));

export function partial(fields: object, of: TreatmentCourse = everything): PartialCourse {
  const { value, issues } = readPartial(saying(fields, of));
  if (value === undefined) throw new Error(`refused: ${issues.map(({ code, at }) => `${code} ${at}`).join(', ')}`);
  return value;
}
