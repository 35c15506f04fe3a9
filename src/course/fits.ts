import type { $ZodCheck, $ZodChecks, $ZodType, $ZodTypes } from 'zod/v4/core';
import { treatmentCourse } from './schema.ts';

type Fits = (value: unknown) => boolean;

/**
 * Whether a value has the shape of a course: what the schema's own `safeParse` says, in a fifth of the time and without
 * saying why not. A good course needs no more; what is wrong with another is for `safeParse`.
 */
export const fitsCourse: Fits = fitsOf(treatmentCourse);

function fitsOf(schema: $ZodType): Fits {
  const { def } = (schema as $ZodTypes)._zod;
  switch (def.type) {
    case 'optional': {
      const fits = fitsOf(def.innerType);
      return (value) => value === undefined || fits(value);
    }
    case 'object':
      return fitsObject(new Map(Object.entries(def.shape).map(([name, field]) => [name, fitsOf(field)])));
    case 'array':
      return fitsList(fitsOf(def.element));
    case 'enum': {
      const values = new Set<unknown>(Object.values(def.entries));
      return (value) => values.has(value);
    }
    case 'literal':
      return (value) => (def.values as readonly unknown[]).includes(value);
    case 'string':
      return all([(value) => typeof value === 'string', ...checksOf(def.checks)]);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'custom':
      return all([def.fn as Fits, ...checksOf(def.checks)]);
    default:
      throw new Error(`the course format has no ${def.type}`);
  }
}

function fitsObject(fields: ReadonlyMap<string, Fits>): Fits {
  const required = [...fields].filter(([, fits]) => !fits(undefined)).map(([name]) => name);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const object = value as Readonly<Record<string, unknown>>;
    // eslint-disable-next-line guard-for-in -- what came as JSON has no names but its own
    for (const name in object) {
      const fits = fields.get(name);
      if (fits === undefined || !fits(object[name])) return false;
    }
    for (const name of required) if (object[name] === undefined) return false;
    return true;
  };
}

function fitsList(fits: Fits): Fits {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const entry of value) if (!fits(entry)) return false;
    return true;
  };
}

function checksOf(checks: readonly $ZodCheck[] | undefined): Fits[] {
  return (checks ?? []).map((check) => {
    const { def } = (check as $ZodChecks)._zod;
    if (def.check === 'max_length') return (value) => (value as string).length <= def.maximum;
    if ('fn' in def) return def.fn as Fits;
    throw new Error(`the course format has no check ${def.check}`);
  });
}

function all(tests: readonly Fits[]): Fits {
  return (value) => {
    for (const fits of tests) if (!fits(value)) return false;
    return true;
  };
}
