import type { JsonObject } from '../../json/json.ts';
import { builtInSystem } from './built-in-systems.ts';
import { codeSetOf } from './code-set.ts';
import { compactSystem, listedSystem, type HeldSystem } from './code-system.ts';
import type { CompactCodes } from './compact-codes.ts';
import { compactRules, listedRules, type SetRule } from './set-rules.ts';
import type { CodeSet, KnownSystem, Terminology } from './terminology.ts';

/** CodeSystems and ValueSets as FHIR JSON, from packages. What is none is passed over. */
export interface FurtherCodes {
  readonly codeSystems: readonly JsonObject[];
  readonly valueSets: readonly JsonObject[];
}

/**
 * What is known of codes: R4's own, and what packages bring, which comes first. Nothing is unpacked before it is asked
 * for. Of two with the same url the first counts.
 */
export function terminologyOf(r4: CompactCodes, further: FurtherCodes): Terminology {
  const codeSystems = byUrl(further.codeSystems);
  const valueSets = byUrl(further.valueSets);

  const held = remembering((url: string): HeldSystem | undefined => {
    const listed = codeSystems.get(url);
    const system = listed === undefined ? undefined : listedSystem(listed);
    if (system !== undefined) return system;
    const compact = own(r4.systems, url);
    return compact === undefined ? undefined : compactSystem(compact);
  });
  const system = (url: string): KnownSystem | undefined =>
    held(url) ?? builtInSystem(url) ?? (url.includes('|') ? system(unversioned(url)) : undefined);

  const rulesOf = (url: string): readonly SetRule[] | undefined => {
    const listed = valueSets.get(url);
    if (listed !== undefined) return listedRules(listed);
    const compact = own(r4.sets, url);
    return compact === undefined ? undefined : compactRules(compact);
  };
  const set = remembering((canonical: string): CodeSet | undefined => {
    const rules = rulesOf(canonical) ?? rulesOf(unversioned(canonical));
    return rules === undefined ? undefined : codeSetOf(rules, { set, system, held });
  });
  const isSet = (url: string): boolean => valueSets.has(url) || own(r4.sets, url) !== undefined;
  return { set, system, isSet };
}

/** A canonical without its version. */
function unversioned(canonical: string): string {
  const bar = canonical.indexOf('|');
  return bar < 0 ? canonical : canonical.slice(0, bar);
}

function byUrl(resources: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const resource of resources) {
    const { url, version } = resource;
    if (typeof url !== 'string') continue;
    if (!found.has(url)) found.set(url, resource);
    if (typeof version === 'string' && !found.has(`${url}|${version}`)) found.set(`${url}|${version}`, resource);
  }
  return found;
}

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** How many answers are kept: more than all that R4 and a few packages name, so that only nonsense is forgotten. */
const mostRemembered = 10_000;
/** A longer key comes from what is checked, not from a definition, and is not kept. */
const longestRemembered = 500;

function remembering<T>(answer: (key: string) => T): (key: string) => T {
  const answers = new Map<string, T>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as T;
    const made = answer(key);
    if (key.length > longestRemembered) return made;
    if (answers.size >= mostRemembered) answers.clear();
    answers.set(key, made);
    return made;
  };
}
