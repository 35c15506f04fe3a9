import type { $ZodIssue } from 'zod/v4/core';
import { isJsonObject, type Json } from '../json/json.ts';
import { catalogue, type IssueCode } from '../outcome/catalogue.ts';
import { refuses, type Issue, type Read } from '../outcome/issue.ts';
import { fitsCourse } from './fits.ts';
import { placeOf, root } from './path.ts';
import { prune, valueAt } from './prune.ts';
import { checkRules, type Draft } from './rules.ts';
import { treatmentCourse, type TreatmentCourse } from './schema.ts';
import { courseShape, type Shape } from './shape.ts';

/** A course as far as it could be read: whole where nothing refused it, and what is left of it for further checks. */
export interface ReadDraft extends Read<TreatmentCourse> {
  readonly draft: Draft | undefined;
}

/**
 * Reads unknown JSON as a treatment course. Every fault is reported at once, each at its path; nothing is refused for
 * being incomplete. The course comes back exactly as it was given, digits and texts included, or not at all.
 */
export function readCourse(json: Json): Read<TreatmentCourse> {
  const { value, issues } = readDraft(json);
  return { value, issues };
}

/** The same, with what is left where a fault refused the course, so that others can look for more faults. */
export function readDraft(json: Json): ReadDraft {
  if (!isJsonObject(json)) {
    return { value: undefined, draft: undefined, issues: [{ code: 'not-a-course', at: root }] };
  }
  if (fitsCourse(json)) {
    const issues = checkRules(json);
    return { value: refuses(issues) ? undefined : (json as unknown as TreatmentCourse), draft: json, issues };
  }
  // An empty object is absence (course format, rule 3), which only a course that seems at fault need be asked about.
  const stated = withoutEmptyObjects(json, courseShape);
  if (stated !== json) return readDraft(stated);
  const faults = treatmentCourse.safeParse(json).error?.issues ?? [];
  const draft = withoutFaults(json, faults) as Draft | undefined;
  const issues = [...faults.flatMap((fault) => issuesOf(fault, json)), ...checkRules(draft)];
  return { value: undefined, draft, issues };
}

/** What a fault of the schema is in our words; `json` is the whole that its path begins at. */
export function issuesOf(issue: $ZodIssue, json: Json): Issue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ code: 'unknown-field', at: placeOf([...issue.path, key]) }));
  }
  return [{ code: codeOf(issue, json), at: placeOf(issue.path) }];
}

function codeOf(issue: $ZodIssue, json: Json): IssueCode {
  if (valueAt(json, issue.path) === undefined) return 'missing-field';
  // A keyword or unit that is no string at all is a wrong type, not a keyword outside the list.
  if (issue.code === 'invalid_value' && typeof valueAt(json, issue.path) !== 'string') return 'wrong-type';
  if (issue.message in catalogue) return issue.message as IssueCode;
  return issue.code === 'invalid_value' ? 'not-in-list' : 'wrong-type';
}

/** The value without what its shape refuses, every list keeping its indexes: what the rules can still look at. */
function withoutFaults(json: Json, issues: readonly $ZodIssue[]): Json | undefined {
  const paths = issues.filter(({ code }) => code !== 'unrecognized_keys').map(({ path }) => path);
  return prune(
    json,
    paths.filter((path) => valueAt(json, path) !== undefined),
    'hollow',
  );
}

/** The value without the optional fields that are empty objects, or become so; itself where there is none. */
export function withoutEmptyObjects(value: Json, shape: Shape): Json {
  if (shape.kind === 'list' && Array.isArray(value)) {
    const given = value as readonly Json[];
    const entries = given.map((entry) => withoutEmptyObjects(entry, shape.of));
    return entries.some((entry, index) => entry !== given[index]) ? entries : given;
  }
  if (shape.kind !== 'object' || !isJsonObject(value)) return value;
  let left: Record<string, Json> | undefined;
  for (const [name, of] of shape.fields) {
    const field = value[name];
    if (field === undefined) continue;
    const kept = withoutEmptyObjects(field, of);
    const empty = of.kind === 'object' && !of.required && isJsonObject(kept) && Object.keys(kept).length === 0;
    if (!empty && kept === field) continue;
    left ??= { ...value };
    if (empty) delete left[name];
    else left[name] = kept;
  }
  return left ?? value;
}
