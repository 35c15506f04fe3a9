import type { Run } from './run.ts';
import { isJsonNumber, isJsonObject, numberText, numberValue, type JsonNumber } from '../json/json.ts';

/** Whether a value is the fixed one: all of it, in the same order, and nothing else. */
export function isFixed(value: unknown, fixed: unknown): boolean {
  if (isJsonNumber(fixed)) return isJsonNumber(value) && isSameNumber(value, fixed);
  if (Array.isArray(fixed)) {
    return (
      Array.isArray(value) && value.length === fixed.length && fixed.every((one, index) => isFixed(value[index], one))
    );
  }
  if (isJsonObject(fixed)) {
    if (!isJsonObject(value)) return false;
    const names = Object.keys(fixed);
    return Object.keys(value).length === names.length && names.every((name) => isFixed(value[name], fixed[name]));
  }
  return value === fixed;
}

/**
 * Says where a value is not the fixed one: at what differs, or at what is too much. Only elements that FHIR knows are named;
 * the name of anything else is the resource's own word.
 */
export function fixedFaults(value: unknown, fixed: unknown, names: ReadonlySet<string>, run: Run): void {
  if (isFixed(value, fixed)) return;
  if (Array.isArray(fixed) && Array.isArray(value) && value.length === fixed.length) {
    for (const [index, one] of fixed.entries()) fixedFaults(value[index], one, names, run);
  } else if (isJsonObject(fixed) && isJsonObject(value)) {
    if (Object.keys(fixed).some((name) => value[name] === undefined)) run.report('not-the-fixed-value');
    for (const property of Object.keys(value)) {
      const name = property.startsWith('_') ? property.slice(1) : property;
      if (!names.has(name)) continue;
      run.enter(name, -1);
      if (fixed[property] === undefined) run.report('not-the-fixed-value');
      else fixedFaults(value[property], fixed[property], names, run);
      run.leave();
    }
  } else run.report('not-the-fixed-value');
}

/** Whether a value holds at least what the pattern says; each item of a list in it has a match, wherever it stands. */
export function hasPattern(value: unknown, pattern: unknown): boolean {
  if (isJsonNumber(pattern)) return isJsonNumber(value) && isSameNumber(value, pattern);
  if (Array.isArray(pattern)) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return pattern.every((wanted) => list.some((one) => hasPattern(one, wanted)));
  }
  if (isJsonObject(pattern)) {
    if (!isJsonObject(value)) return false;
    for (const name of Object.keys(pattern)) if (!hasPattern(value[name], pattern[name])) return false;
    return true;
  }
  return value === pattern;
}

const isSameNumber = (one: JsonNumber, other: JsonNumber): boolean =>
  numberText(one) === numberText(other) || numberValue(one) === numberValue(other);
