import type { Identifier } from '../course/identity.ts';
import type { Selection } from '../exchange/summaries.ts';
import { UsageFault } from './inputs.ts';

/** What to pull, as options. */
export interface SelectionOptions {
  readonly course?: readonly string[];
  readonly patient?: readonly string[];
  readonly all?: true;
}

/** The selections that the options ask for, at least one. No sentence repeats what was given: it names patients. */
export function selectionsOf({ course = [], patient = [], all }: SelectionOptions): Selection[] {
  const selections: Selection[] = [
    ...course.map((text) => ({ course: identifierIn(text, '--course') })),
    ...patient.map((text) => ({ patient: identifierIn(text, '--patient') })),
    ...(all === true ? (['all'] as const) : []),
  ];
  if (selections.length === 0) {
    throw new UsageFault("Say what to pull: --course 'system|id', --patient 'system|id' or --all.");
  }
  return selections;
}

/** A system has no bar; an id may have several. */
function identifierIn(text: string, option: string): Identifier {
  const bar = text.indexOf('|');
  if (bar < 1 || bar === text.length - 1) throw new UsageFault(`${option} needs 'system|id'.`);
  return { system: text.slice(0, bar), value: text.slice(bar + 1) };
}
