import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';

/** A field of a part that names another part: the lists of both, and the way to the field. */
export interface Link {
  readonly list: string;
  readonly field: readonly string[];
  readonly to: 'sessions' | 'phases' | 'assessments';
  /** Whether the part is nothing without it. */
  readonly required: boolean;
}

const link = (list: string, field: string, to: Link['to'], required = false): Link => ({
  list,
  field: field.split('.'),
  to,
  required,
});

/** Every link of the course format; `checkRules` says where one dangles. */
export const links: readonly Link[] = [
  link('sessions', 'phaseId', 'phases'),
  link('phaseTransitions', 'fromPhaseId', 'phases'),
  link('phaseTransitions', 'toPhaseId', 'phases', true),
  link('phaseTransitions', 'baselineAssessmentId', 'assessments'),
  link('phaseTransitions', 'currentAssessmentId', 'assessments'),
  link('psychotherapySessions', 'sessionId', 'sessions'),
  link('assessments', 'timepoint.sessionId', 'sessions'),
  link('interviews', 'timepoint.sessionId', 'sessions'),
  link('outcomes', 'baselineAssessmentId', 'assessments', true),
  link('outcomes', 'currentAssessmentId', 'assessments', true),
  link('adverseEvents', 'sessionId', 'sessions'),
];

/** The id that a part names by a link. */
export function linkedId(part: Json, { field }: Link): string | undefined {
  let value: Json | undefined = part;
  for (const name of field) value = value !== undefined && isJsonObject(value) ? value[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The part without a link. */
export function withoutLink(part: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  const { [name]: field, ...others } = part;
  if (rest.length === 0 || field === undefined || !isJsonObject(field)) return others;
  return { ...part, [name]: withoutLink(field, rest) };
}
