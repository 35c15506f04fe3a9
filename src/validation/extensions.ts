import { compileExpression, compileInvariant } from '../fhirpath/compile.ts';
import type { Expression, Invariant, Model } from '../fhirpath/model.ts';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { expressionsFor, isInContext, typeAt } from './contexts.ts';
import type { Definition } from './definition.ts';
import { isAbsolute } from './formats/uris.ts';
import type { Library } from './library.ts';
import { places, type Places } from './places.ts';
import type { Check, Run } from './run.ts';
import { textOf } from './text-of.ts';

/** What the definition of an extension says of where it stands and of its parts, beside its profile. */
interface Rules {
  readonly definition: Definition;
  readonly profile: Check | undefined;
  readonly isModifier: boolean;
  readonly isAnywhere: boolean;
  readonly allowed: Places<boolean>;
  /** The urls of the parts of a complex extension. */
  readonly parts: ReadonlySet<string>;
  /** The further rules by the type of what holds it. */
  readonly invariants: Map<string, readonly { readonly rule: string; readonly holds: Invariant }[]>;
  /** Contexts that are FHIRPath, by the type of the resource. */
  readonly reached: Map<string, readonly (Expression | undefined)[]>;
}

/**
 * An extension: its value or its parts, and what the definition of its url says of it. In a complex extension the parts
 * have names for urls, and the definition of the whole says what they are.
 */
export function extensionCheck(library: Library, model: Model, profile: (url: string) => Check | undefined): Check {
  const known = new Map<string, Rules>();

  const rulesOf = (url: string): Rules | undefined => {
    const before = known.get(url);
    if (before !== undefined) return before;
    const definition = library.definition(url);
    if (definition?.type !== 'Extension') return undefined;
    const rules: Rules = {
      definition,
      profile: profile(url),
      isModifier: definition.elements[0]?.rules?.isModifier === true,
      isAnywhere: definition.contexts.every(({ type, expression }) => type === 'element' && expression === 'Element'),
      allowed: places(),
      parts: partUrls(definition),
      invariants: new Map(),
      reached: new Map(),
    };
    known.set(url, rules);
    return rules;
  };

  const isAllowed = ({ definition, allowed, isAnywhere }: Rules, run: Run): boolean => {
    if (isAnywhere) return true;
    const here = run.knownHere(allowed);
    return (here.known ??= isInContext(definition, expressionsFor(run.place, model)));
  };

  return (value, run) => {
    const extension = value as JsonObject;
    if (hasValue(extension) === (extension['extension'] !== undefined)) run.report('extension-value');
    const { url } = extension;
    if (typeof url !== 'string') {
      if (extension['_url'] !== undefined) run.report('extension-without-url');
      return;
    }
    const rules = rulesOf(url);
    if (rules === undefined) {
      unknown(extension, url, library, run);
      return;
    }
    const { definition } = rules;
    if (rules.isModifier !== (run.name === 'modifierExtension')) run.report('extension-modifier');
    if (!isAllowed(rules, run) || !isReached(definition, rules, extension, model, run)) {
      run.reportAbove('extension-misplaced', { extension: definition.url });
    }
    if (definition.contextInvariants.length > 0) {
      for (const { rule, holds } of invariantsOf(definition, rules, model, run)) {
        if (holds(run.objects.at(-2), run.around)) continue;
        run.reportAbove('extension-misplaced', { extension: definition.url, rule });
      }
    }
    rules.profile?.(extension, run);
    if (extension['extension'] !== undefined) checkInside(extension, rules.parts, library, run);
  };
}

/** An extension that nobody here defines: a part of another, one of a later FHIR, or one that may mean anything. */
function unknown(extension: JsonObject, url: string, library: Library, run: Run): void {
  if (!isAbsolute(url)) {
    if (!run.isInExtension) run.report('extension-url-relative');
    return;
  }
  if (isOfAnotherVersion(url)) run.report('extension-of-other-version');
  else if (run.name === 'modifierExtension') run.report('modifier-extension-unknown');
  else if (run.notes) run.report('extension-unknown');
  checkInside(extension, undefined, library, run);
}

/** Contexts that are FHIRPath: what the expression leads to must hold the extension. */
function isReached(
  { contexts }: Definition,
  { reached }: Rules,
  extension: JsonObject,
  model: Model,
  run: Run,
): boolean {
  if (contexts.length === 0 || contexts.some(({ type }) => type !== 'fhirpath')) return true;
  const expressions = contexts;
  const type = textOf(run.resource['resourceType']);
  let compiled = reached.get(type);
  if (compiled === undefined) {
    compiled = expressions.map(({ expression }) => compileExpression(expression, type, model));
    reached.set(type, compiled);
  }
  return compiled.some((evaluate) => {
    const items = evaluate?.(run.resource, run.around);
    // What cannot be asked is let pass.
    if (items === undefined) return true;
    return items.some(({ value }) => {
      const held = isJsonObject(value) ? value['extension'] : undefined;
      return Array.isArray(held) && (held as readonly unknown[]).includes(extension);
    });
  });
}

function invariantsOf({ contextInvariants }: Definition, { invariants }: Rules, model: Model, run: Run) {
  const type = typeAt(run.place, model);
  let compiled = invariants.get(type);
  if (compiled === undefined) {
    compiled = contextInvariants.flatMap((rule) => {
      const holds = compileInvariant(rule, type, model);
      return holds === undefined ? [] : [{ rule, holds }];
    });
    invariants.set(type, compiled);
  }
  return compiled;
}

function partUrls({ elements }: Definition): ReadonlySet<string> {
  const urls = elements
    .filter(({ id }) => /^Extension\.extension:[^.]+\.url$/.test(id))
    .map(({ rules }) => rules?.fixed);
  return new Set(urls.filter((url) => typeof url === 'string'));
}

/** The extensions in an extension: parts that its definition names, or extensions whose context it must be. */
function checkInside(extension: JsonObject, parts: ReadonlySet<string> | undefined, library: Library, run: Run): void {
  const inner = extension['extension'];
  if (!Array.isArray(inner)) return;
  for (const [index, part] of (inner as readonly Json[]).entries()) {
    const url = isJsonObject(part) ? part['url'] : undefined;
    if (typeof url !== 'string') continue;
    if (!isAbsolute(url)) {
      if (parts?.has(url) === false) run.reportAt('extension', index, 'extension-part-unknown');
      continue;
    }
    const contexts = library.definition(url)?.contexts ?? [];
    const isInside = contexts.some(({ type, expression }) => type === 'extension' && expression === extension['url']);
    if (contexts.length > 0 && contexts.every(({ type }) => type === 'extension') && !isInside) {
      run.report('extension-misplaced');
    }
  }
}

function hasValue(extension: JsonObject): boolean {
  for (const name in extension) if (name.startsWith('value') || name.startsWith('_value')) return true;
  return false;
}

/** `http://hl7.org/fhir/5.0/StructureDefinition/…` is how R4 may say what a later FHIR has; not every such is defined. */
const isOfAnotherVersion = (url: string): boolean =>
  /^http:\/\/hl7\.org\/fhir\/\d+\.\d+\/StructureDefinition\//.test(url);
