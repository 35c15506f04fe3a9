import type { Context, Definition, ElementDefinition, Rules, TypeReference } from './definition.ts';

/**
 * Definitions with everything that repeats written once: lists of types, and rules. An element is
 * `[id below its type, least, most (-1 for no end), number of its types, number of its rules or nothing]`.
 */
export interface Compact {
  /** Of every definition. */
  readonly version: string;
  readonly types: readonly (readonly TypeReference[])[];
  readonly rules: readonly Rules[];
  readonly definitions: readonly CompactDefinition[];
}

type CompactElement = readonly [id: string, min: number, max: number, types: number, rules?: number];

interface CompactDefinition {
  readonly url: string;
  readonly kind: Definition['kind'];
  readonly type: string;
  readonly abstract?: true;
  readonly base?: string;
  readonly isConstraint?: true;
  readonly contexts?: readonly Context[];
  readonly contextInvariants?: readonly string[];
  readonly elements: readonly CompactElement[];
}

class Numbered<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<string, number>();

  of(value: T): number {
    const key = JSON.stringify(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** Definitions as they are kept in a file. */
export function compactOf(definitions: readonly Definition[], version: string): Compact {
  const types = new Numbered<readonly TypeReference[]>();
  const rules = new Numbered<Rules>();
  const elementOf = (type: string, { id, min, max, types: own, rules: further }: ElementDefinition): CompactElement => {
    const element = [id.slice(type.length), min, max === Infinity ? -1 : max, types.of(own)] as const;
    return further === undefined ? element : [...element, rules.of(further)];
  };
  return {
    version,
    definitions: definitions.map(
      ({ url, kind, type, abstract, base, isConstraint, contexts, contextInvariants, elements }) => ({
        url,
        kind,
        type,
        ...(abstract && { abstract }),
        ...(base !== undefined && { base }),
        ...(isConstraint && { isConstraint }),
        ...(contexts.length > 0 && { contexts }),
        ...(contextInvariants.length > 0 && { contextInvariants }),
        elements: elements.map((element) => elementOf(type, element)),
      }),
    ),
    types: types.values,
    rules: rules.values,
  };
}

/** A definition as it was before it was made compact. */
export const expanded = (
  { version, types, rules }: Compact,
  { url, kind, type, abstract, base, isConstraint, contexts, contextInvariants, elements }: CompactDefinition,
): Definition => ({
  url,
  version,
  kind,
  type,
  abstract: abstract === true,
  ...(base !== undefined && { base }),
  isConstraint: isConstraint === true,
  contexts: contexts ?? [],
  contextInvariants: contextInvariants ?? [],
  elements: elements.map(([id, min, max, ofTypes, ofRules]) => {
    const further = ofRules === undefined ? undefined : rules[ofRules];
    return {
      id: type + id,
      min,
      max: max === -1 ? Infinity : max,
      types: types[ofTypes] ?? [],
      ...(further && { rules: further }),
    };
  }),
});
