import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { textOf } from './text-of.ts';

/** A StructureDefinition, reduced to what a checker asks of it. */
export interface Definition {
  readonly url: string;
  readonly version?: string;
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  /** The type it defines or constrains: 'Observation', 'Extension'. */
  readonly type: string;
  readonly abstract: boolean;
  /** What it specialises or constrains. */
  readonly base?: string;
  readonly isConstraint: boolean;
  /** Where an extension may stand. */
  readonly contexts: readonly Context[];
  /** Further rules of where it may stand, in FHIRPath. */
  readonly contextInvariants: readonly string[];
  /** The snapshot, parents before children. */
  readonly elements: readonly ElementDefinition[];
}

export interface Context {
  readonly type: 'element' | 'extension' | 'fhirpath';
  readonly expression: string;
}

export interface ElementDefinition {
  /** The element's place with its slices: `Observation.category:vital.coding`. */
  readonly id: string;
  readonly min: number;
  /** Infinity where there is no end. */
  readonly max: number;
  readonly types: readonly TypeReference[];
  readonly rules?: Rules;
}

export interface TypeReference {
  readonly code: string;
  readonly profiles?: readonly string[];
  readonly targets?: readonly string[];
}

/** What few elements have. */
export interface Rules {
  readonly fixed?: Json;
  readonly pattern?: Json;
  readonly least?: Json;
  readonly greatest?: Json;
  readonly maxLength?: number;
  readonly binding?: Binding;
  readonly constraints?: readonly Constraint[];
  /** The id of the element whose definition this one shares. */
  readonly content?: string;
  readonly slicing?: Slicing;
  readonly isModifier?: boolean;
}

export interface Binding {
  readonly strength: 'required' | 'extensible' | 'preferred';
  readonly set: string;
}

export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly expression: string;
}

export interface Slicing {
  readonly by: readonly { readonly type: string; readonly path: string }[];
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered: boolean;
}

/** The StructureDefinition as the checker reads it; undefined where it is none or has no snapshot. */
export function definitionOf(source: JsonObject): Definition | undefined {
  const { url, type, kind } = source;
  const elements = listIn(isJsonObject(source['snapshot']) ? source['snapshot'] : {}, 'element');
  if (typeof url !== 'string' || typeof type !== 'string' || !isKind(kind) || elements.length === 0) return undefined;
  return {
    url,
    ...(typeof source['version'] === 'string' && { version: source['version'] }),
    kind,
    type,
    abstract: source['abstract'] === true,
    ...(typeof source['baseDefinition'] === 'string' && { base: source['baseDefinition'] }),
    isConstraint: source['derivation'] === 'constraint',
    contexts: listIn(source, 'context').flatMap(contextOf),
    contextInvariants: textsIn(source, 'contextInvariant'),
    elements: elements.map(elementOf),
  };
}

const isKind = (kind: unknown): kind is Definition['kind'] =>
  kind === 'primitive-type' || kind === 'complex-type' || kind === 'resource' || kind === 'logical';

const listIn = (from: JsonObject, name: string): readonly JsonObject[] => {
  const list = from[name];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
};

const textsIn = (from: JsonObject, name: string): readonly string[] => {
  const list = from[name];
  return Array.isArray(list) ? (list as readonly Json[]).filter((one) => typeof one === 'string') : [];
};

const contextOf = ({ type, expression }: JsonObject): Context[] =>
  (type === 'element' || type === 'extension' || type === 'fhirpath') && typeof expression === 'string'
    ? [{ type, expression }]
    : [];

function elementOf(source: JsonObject): ElementDefinition {
  const rules = rulesOf(source);
  return {
    id: textOf(source['id'] ?? source['path']),
    min: typeof source['min'] === 'number' ? source['min'] : 0,
    max: source['max'] === '*' || typeof source['max'] !== 'string' ? Infinity : Number(source['max']),
    types: listIn(source, 'type').map(typeOf),
    ...(Object.keys(rules).length > 0 && { rules }),
  };
}

const systemType = 'http://hl7.org/fhirpath/System.';
const typeExtension = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';

/** Ids and the values of primitives are of FHIRPath's own types; an extension says which of FHIR's is meant. */
function typeOf(source: JsonObject): TypeReference {
  const code = textOf(source['code']);
  const meant = listIn(source, 'extension').find(({ url }) => url === typeExtension)?.['valueUrl'];
  const profiles = textsIn(source, 'profile');
  const targets = textsIn(source, 'targetProfile');
  return {
    code: !code.startsWith(systemType) ? code : typeof meant === 'string' ? meant : 'string',
    ...(profiles.length > 0 && { profiles }),
    ...(targets.length > 0 && { targets }),
  };
}

function rulesOf(source: JsonObject): Rules {
  const fixed = prefixed(source, 'fixed');
  const pattern = prefixed(source, 'pattern');
  const least = prefixed(source, 'minValue');
  const greatest = prefixed(source, 'maxValue');
  const binding = bindingOf(source['binding']);
  const constraints = listIn(source, 'constraint').flatMap(constraintOf);
  const slicing = slicingOf(source['slicing']);
  const content = source['contentReference'];
  return {
    ...(fixed !== undefined && { fixed }),
    ...(pattern !== undefined && { pattern }),
    ...(least !== undefined && { least }),
    ...(greatest !== undefined && { greatest }),
    ...(typeof source['maxLength'] === 'number' && { maxLength: source['maxLength'] }),
    ...(binding && { binding }),
    ...(constraints.length > 0 && { constraints }),
    ...(typeof content === 'string' && { content: content.slice(content.indexOf('#') + 1) }),
    ...(slicing && { slicing }),
    ...(source['isModifier'] === true && { isModifier: true }),
  };
}

const prefixed = (source: JsonObject, prefix: string): Json | undefined => {
  const name = Object.keys(source).find((key) => key.startsWith(prefix) && /^[A-Z]/.test(key.slice(prefix.length)));
  return name === undefined ? undefined : source[name];
};

function bindingOf(source: Json | undefined): Binding | undefined {
  if (!isJsonObject(source)) return undefined;
  const { strength, valueSet } = source;
  const says = strength === 'required' || strength === 'extensible' || strength === 'preferred';
  return says && typeof valueSet === 'string' ? { strength, set: valueSet } : undefined;
}

const bestPractice = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice';

/** What every element must do is checked by the reading of its shape: ele-1 and ext-1 are not repeated. */
const everywhere = new Set(['ele-1', 'ext-1']);

function constraintOf(source: JsonObject): Constraint[] {
  const { key, severity, expression } = source;
  if (typeof key !== 'string' || typeof expression !== 'string' || everywhere.has(key)) return [];
  if (listIn(source, 'extension').some(({ url, valueBoolean }) => url === bestPractice && valueBoolean === true))
    return [];
  return [{ key, severity: severity === 'warning' ? 'warning' : 'error', expression }];
}

function slicingOf(source: Json | undefined): Slicing | undefined {
  if (!isJsonObject(source)) return undefined;
  const { rules } = source;
  return {
    by: listIn(source, 'discriminator').map(({ type, path }) => ({ type: textOf(type), path: textOf(path) })),
    rules: rules === 'closed' || rules === 'openAtEnd' ? rules : 'open',
    ordered: source['ordered'] === true,
  };
}
