import { keywords } from '../../src/course/keywords.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { isJsonObject, type Json, type JsonObject } from '../../src/json/json.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';

/** Stands in everything of a course that is about a patient. Where it is found outside of courses, something leaked. */
export const canary = 'kanariwort';

export interface Population {
  readonly seed: number;
  /** Tells the courses of one way of sending from those of another on the same server. */
  readonly namespace: string;
  /** Whether all its courses are of one patient; each has a patient of its own where this is not said. */
  readonly onePatient?: true;
}

export const systemOf = ({ namespace }: Population): string => `https://chaos.example.org/${namespace}/courses`;
export const patientSystemOf = ({ namespace }: Population): string => `https://chaos.example.org/${namespace}/patients`;

/** A small course that no one had, with the canary in ids, names, notes and answers. */
export function markedCourse(population: Population, index: number): TreatmentCourse {
  const programme = keywords.programme[index % keywords.programme.length] ?? 'norway';
  const {
    recordedAt: _recorded,
    version: _version,
    ...course
  } = synthesize(programme, {
    seed: population.seed,
    index,
    size: 'small',
  });
  const own = markedFields(course as unknown as JsonObject) as unknown as TreatmentCourse;
  return {
    ...own,
    system: systemOf(population),
    patient: { ...own.patient, system: patientSystemOf(population), id: patientId(population.onePatient ? 0 : index) },
  };
}

export const patientId = (index: number): string => `${canary}-patient-${index}`;

const texts = new Set(['name', 'note', 'text', 'action', 'intervention', 'overrideReason', 'changedBecause', 'device']);

function markedFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, marked(name, value)]));
}

function marked(name: string, value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => marked('', one));
  if (isJsonObject(value)) return markedFields(value);
  if (typeof value !== 'string') return value;
  // An id has at most 300 characters.
  if (name === 'id' || (name.endsWith('Id') && name !== 'linkId')) return `${value.slice(0, 280)}~${canary}`;
  return texts.has(name) ? `${value} ${canary}` : value;
}
