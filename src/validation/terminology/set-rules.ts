import type { Json, JsonObject } from '../../json/json.ts';
import { unpackedCodes, type CompactRule } from './compact-codes.ts';
import { objects } from './code-system.ts';

/** An include or exclude of a value set: all of its parts must hold. */
export interface SetRule {
  readonly exclude: boolean;
  readonly system: string | undefined;
  readonly codes: readonly string[] | undefined;
  readonly filters: readonly Filter[];
  readonly sets: readonly string[];
}

export interface Filter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

const whole = (system: string): SetRule => ({ exclude: false, system, codes: undefined, filters: [], sets: [] });

/** The rules of a value set in `profiles/r4/codes.json`. */
export function compactRules(rules: string | readonly CompactRule[]): readonly SetRule[] {
  if (typeof rules === 'string') return [whole(rules)];
  return rules.map(({ x, s, c, f = [], v = [] }) => ({
    exclude: x === true,
    system: s,
    codes: c === undefined ? undefined : unpackedCodes(c),
    filters: f.map(([property, op, value]) => ({ property, op, value })),
    sets: v,
  }));
}

/** The rules of a ValueSet as FHIR writes it: those of its `compose`, or without one what its `expansion` lists. */
export function listedRules(resource: JsonObject): readonly SetRule[] {
  const compose = resource['compose'];
  if (isObject(compose))
    return [
      ...objects(compose['include']).map((rule) => listedRule(rule, false)),
      ...objects(compose['exclude']).map((rule) => listedRule(rule, true)),
    ];
  const expansion = resource['expansion'];
  return isObject(expansion) ? expandedRules(expansion) : [];
}

function listedRule(rule: JsonObject, exclude: boolean): SetRule {
  const concepts = rule['concept'];
  const sets = rule['valueSet'];
  return {
    exclude,
    system: text(rule['system']),
    codes: Array.isArray(concepts) ? objects(concepts).map((concept) => text(concept['code']) ?? '') : undefined,
    filters: objects(rule['filter']).map((filter) => ({
      property: text(filter['property']) ?? '',
      op: text(filter['op']) ?? '',
      value: text(filter['value']) ?? '',
    })),
    sets: Array.isArray(sets) ? sets.filter((set) => typeof set === 'string') : [],
  };
}

function expandedRules(expansion: JsonObject): SetRule[] {
  const codes = new Map<string, string[]>();
  const open = objects(expansion['contains']);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    open.push(...objects(next['contains']));
    const system = text(next['system']) ?? '';
    const code = text(next['code']);
    if (code !== undefined && next['abstract'] !== true) codes.set(system, [...(codes.get(system) ?? []), code]);
  }
  return [...codes].map(([system, listed]) => ({ ...whole(system), codes: listed }));
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
