import type { Model } from '../fhirpath/model.ts';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { expressionsFor, isInContext } from './contexts.ts';
import type { Definition } from './definition.ts';
import type { Library } from './library.ts';
import type { Check, Run } from './run.ts';

/**
 * An extension: its value or its parts, and what the definition of its url says of it. In a complex extension the parts
 * have names for urls, and the definition of the whole says what they are.
 */
export function extensionCheck(library: Library, model: Model, profile: (url: string) => Check | undefined): Check {
  const places = new Map<string, boolean>();

  const isAllowed = (definition: Definition, run: Run): boolean => {
    const key = `${definition.url} ${run.placeKey}`;
    let allowed = places.get(key);
    if (allowed === undefined) {
      allowed = isInContext(definition.contexts, expressionsFor(run.place, model));
      // The places where extensions stand are few; a resource made to have many must not fill the memory.
      if (places.size < 10_000) places.set(key, allowed);
    }
    return allowed;
  };

  const partsOf = new Map<Definition, ReadonlySet<string>>();

  return (value, run) => {
    const extension = value as JsonObject;
    if (hasValue(extension) === (extension['extension'] !== undefined)) run.report('extension-value');
    const { url } = extension;
    if (typeof url !== 'string') return;
    if (!isAbsolute(url)) {
      if (!run.isInExtension) run.report('extension-url-relative');
      return;
    }
    const definition = library.definition(url);
    const isModifier = run.name === 'modifierExtension';
    if (definition?.type !== 'Extension') {
      if (isOfAnotherVersion(url)) run.report('extension-of-other-version');
      else run.report(isModifier ? 'modifier-extension-unknown' : 'extension-unknown');
      return;
    }
    if ((definition.elements[0]?.rules?.isModifier === true) !== isModifier) run.report('extension-modifier');
    if (!isAllowed(definition, run)) run.reportAbove('extension-misplaced', { extension: definition.url });
    profile(url)?.(extension, run);
    checkParts(extension, partsOf.get(definition) ?? noted(partsOf, definition, partUrls(definition)), run);
  };
}

/** The urls of the parts of a complex extension: what is defined there, and nothing else with such a url. */
function partUrls({ elements }: Definition): ReadonlySet<string> {
  const urls = elements
    .filter(({ id }) => /^Extension\.extension:[^.]+\.url$/.test(id))
    .map(({ rules }) => rules?.fixed);
  return new Set(urls.filter((url) => typeof url === 'string'));
}

function noted<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value);
  return value;
}

function checkParts(extension: JsonObject, urls: ReadonlySet<string>, run: Run): void {
  const parts = extension['extension'];
  if (!Array.isArray(parts)) return;
  for (const [index, part] of (parts as readonly Json[]).entries()) {
    const url = isJsonObject(part) ? part['url'] : undefined;
    if (typeof url === 'string' && !isAbsolute(url) && !urls.has(url))
      run.reportAt('extension', index, 'extension-part-unknown');
  }
}

function hasValue(extension: JsonObject): boolean {
  for (const name in extension) if (name.startsWith('value') || name.startsWith('_value')) return true;
  return false;
}

const isAbsolute = (url: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(url);

/** `http://hl7.org/fhir/5.0/StructureDefinition/…` is how R4 may say what a later FHIR has; not every such is defined. */
const isOfAnotherVersion = (url: string): boolean =>
  /^http:\/\/hl7\.org\/fhir\/\d+\.\d+\/StructureDefinition\//.test(url);
