import type { Json, JsonObject } from '../../json/json.ts';
import type { Faults, ValueFault } from '../formats/fault.ts';
import { isBlank } from '../formats/characters.ts';
import { isAbsolute } from '../formats/uris.ts';
import { isLoincCode, isSnomedCode } from './check-digits.ts';
import { objects } from './code-system.ts';
import type { CodeSet, Terminology } from './terminology.ts';
import { hasNote } from './ucum.ts';

/**
 * What is wrong with codes, as HL7's validator has it without a terminology server, and check digits, which it does not
 * see. Every fault is of the element that is checked: of a CodeableConcept, never of one of its codings.
 */

export interface CodeBinding {
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example';
  /** Undefined where nobody defines the value set: then its codes are reported as not checked. */
  readonly set: CodeSet | undefined;
}

const loinc = 'http://loinc.org';
const snomed = 'http://snomed.info/sct';
const languageTags = 'urn:ietf:bcp:47';
const mimeTypes = 'urn:ietf:bcp:13';
const units = 'http://unitsofmeasure.org';

const outside: Readonly<Record<'required' | 'extensible' | 'preferred', ValueFault>> = {
  required: 'code-not-in-value-set',
  extensible: 'code-outside-value-set',
  preferred: 'code-not-recommended',
};

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const some = (faults: readonly ValueFault[]): Faults => (faults.length === 0 ? undefined : faults);

/** The binding where it says something: an example does not. */
function bound(binding: CodeBinding | undefined): { strength: keyof typeof outside; set: CodeSet } | undefined {
  if (binding === undefined || binding.strength === 'example') return undefined;
  return { strength: binding.strength, set: binding.set ?? undefinedSet };
}

/** A value set that nobody defines: of no code it can be said whether it is in it. */
const undefinedSet: CodeSet = { has: () => 'unknown', systems: () => [] };

/** That membership could not be told, where nothing else says that the code was not checked. */
const untold = (faults: readonly ValueFault[]): ValueFault[] =>
  faults.includes('code-system-unknown') ? [] : ['not-checked'];

/** A code, or a text or URI with a binding. The systems of the value set are implied. `undefined`: it has no value. */
export function codeFaults(code: string | undefined, binding: CodeBinding, known: Terminology): Faults {
  const rule = bound(binding);
  if (rule === undefined) return undefined;
  if (code === undefined || isBlank(code)) return rule.strength === 'required' ? ['code-missing'] : undefined;
  const membership = rule.set.has(undefined, code);
  if (membership !== 'out') return membership === 'in' ? undefined : ['not-checked'];
  const fault = outside[rule.strength];
  if (rule.strength === 'required' || isConceivable(code, rule.set, known)) return [fault];
  return ['code-unknown', fault];
}

/** Whether some system of the set has the code, or may have it. */
function isConceivable(code: string, set: CodeSet, known: Terminology): boolean {
  const systems = set.systems();
  if (systems.length === 0) return true;
  return systems.some((url) => {
    const system = known.system(url);
    return system === undefined || !system.complete || system.has(code);
  });
}

/** A Coding. */
export function codingFaults(coding: JsonObject, binding: CodeBinding | undefined, known: Terminology): Faults {
  const code = text(coding['code']);
  if (code === undefined) return undefined;
  const system = text(coding['system']);
  if (system === undefined) return ['code-without-system'];
  const alone = aloneFaults(system, code, known);
  return some([...alone, ...boundFaults(system, code, binding, known, alone)]);
}

/** A Quantity or what specialises it: its unit. Without a system it is not asked. */
export function quantityFaults(quantity: JsonObject, binding: CodeBinding | undefined, known: Terminology): Faults {
  const code = text(quantity['code']);
  const system = text(quantity['system']);
  if (code === undefined || system === undefined) return undefined;
  const note: ValueFault[] = system === units && hasNote(code) ? ['ucum-annotation'] : [];
  const alone = aloneFaults(system, code, known);
  return some([...alone, ...note, ...boundFaults(system, code, binding, known, alone)]);
}

/**
 * A CodeableConcept. With a binding, one coding of the value set is enough, and then nothing is said of the others; no
 * coding of it is reported with what is wrong with each. The base definition of an extension's value has no binding, so
 * that there each coding is judged by itself too.
 */
export function conceptFaults(concept: JsonObject, binding: CodeBinding | undefined, known: Terminology): Faults {
  const codings = objects(concept['coding']);
  const rule = bound(binding);
  if (rule === undefined) return some(codings.flatMap((coding) => innerFaults(coding, undefined, known)));
  if (codings.length === 0) {
    if (rule.strength === 'preferred') return undefined;
    return [rule.strength === 'required' ? 'code-missing' : 'code-advisable'];
  }
  let anyUnknown = false;
  for (const coding of codings) {
    const membership = membershipOf(coding, rule.set);
    if (membership === 'in') return some(codings.flatMap((one) => digitFaults(one)));
    anyUnknown ||= membership === 'unknown';
  }
  const inner = codings.flatMap((coding) => innerFaults(coding, rule.set, known));
  return some([...inner, ...(anyUnknown ? untold(inner) : [outside[rule.strength]])]);
}

function membershipOf(coding: JsonObject, set: CodeSet) {
  const system = text(coding['system']);
  const code = text(coding['code']);
  return system === undefined || code === undefined ? 'out' : set.has(system, code);
}

function innerFaults(coding: JsonObject, set: CodeSet | undefined, known: Terminology): ValueFault[] {
  const system = text(coding['system']);
  if (system === undefined) return ['code-without-system'];
  const code = text(coding['code']);
  if (set !== undefined && isForeign(system, set)) return ['code-not-in-value-set'];
  if (code !== undefined) return systemFaults(system, code, set, known);
  if (system === snomed) return [];
  return [known.system(system)?.complete === true ? 'code-unknown' : 'code-system-unknown'];
}

/** What is wrong with a code outside any CodeableConcept, whatever the binding. */
function aloneFaults(system: string, code: string, known: Terminology): ValueFault[] {
  if (!isAbsolute(system)) return ['code-system-relative'];
  if (known.isSet(system)) return ['code-system-is-value-set'];
  if (system === snomed) return [...systemFaults(system, code, undefined, known), 'code-system-unknown'];
  return systemFaults(system, code, undefined, known);
}

function systemFaults(system: string, code: string, set: CodeSet | undefined, known: Terminology): ValueFault[] {
  if (system === snomed) return isSnomedCode(code) ? [] : ['code-check-digit'];
  if (system === loinc)
    return isLoincCode(code) ? ['code-system-unknown'] : ['code-check-digit', 'code-system-unknown'];
  const codes = known.system(system);
  if (codes?.has(code) === true) return [];
  if (codes?.complete !== true) return ['code-system-unknown'];
  // Languages are registered after we are published: where none is asked for, one that we do not know is no fault.
  if (system === languageTags && set?.systems().includes(languageTags) !== true) return ['code-system-unknown'];
  return ['code-unknown'];
}

function boundFaults(
  system: string,
  code: string,
  binding: CodeBinding | undefined,
  known: Terminology,
  alone: readonly ValueFault[],
): ValueFault[] {
  const rule = bound(binding);
  if (rule === undefined) return [];
  const membership = rule.set.has(system, code);
  if (membership !== 'out') return membership === 'in' ? [] : untold(alone);
  const fault = outside[rule.strength];
  if (fault !== 'code-not-in-value-set' && isForeign(system, rule.set)) return ['code-not-in-value-set'];
  const ofSet = system === languageTags && rule.set.systems().includes(system);
  if (ofSet && known.system(system)?.has(code) === false) return ['code-unknown', fault];
  return [fault];
}

/** Whether the set is of languages or of MIME types, and the system another: R4 allows none, whatever the strength. */
function isForeign(system: string, set: CodeSet): boolean {
  const [only, ...others] = set.systems();
  return others.length === 0 && (only === languageTags || only === mimeTypes) && system !== only;
}

function digitFaults(coding: JsonObject): ValueFault[] {
  const code = text(coding['code']);
  if (code === undefined) return [];
  const wrong =
    (coding['system'] === snomed && !isSnomedCode(code)) || (coding['system'] === loinc && !isLoincCode(code));
  return wrong ? ['code-check-digit'] : [];
}
