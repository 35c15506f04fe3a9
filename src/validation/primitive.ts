import { isJsonNumber } from '../json/json.ts';
import { narrativeFaults } from './formats/narrative.ts';
import { numberChecks, textChecks } from './formats/primitives.ts';
import type { Check, Run } from './run.ts';

/** A value of a primitive type: its JSON type, then its format. */
export function primitiveCheck(type: string): Check {
  const ofText = textChecks.get(type);
  if (ofText !== undefined) {
    return (value, run) => {
      if (typeof value !== 'string') return wrongShape(value, 'string', run);
      const faults = ofText(value);
      if (faults !== undefined) for (const fault of faults) run.report(fault);
    };
  }
  const ofNumber = numberChecks.get(type);
  if (ofNumber !== undefined) {
    return (value, run) => {
      if (!isJsonNumber(value)) return wrongShape(value, 'number', run);
      const faults = ofNumber(value);
      if (faults !== undefined) for (const fault of faults) run.report(fault);
    };
  }
  if (type === 'xhtml') {
    return (value, run) => {
      if (typeof value !== 'string') return wrongShape(value, 'string', run);
      const faults = narrativeFaults(value);
      if (faults !== undefined) for (const fault of faults) run.report(fault);
    };
  }
  return (value, run) => {
    if (typeof value !== (type === 'boolean' ? 'boolean' : 'string')) wrongShape(value, type, run);
  };
}

function wrongShape(value: unknown, expected: string, run: Run): void {
  if (typeof value === 'object' && !isJsonNumber(value)) run.report('wrong-json-shape', { expected: 'value' });
  else run.report('wrong-json-type', { expected });
}
