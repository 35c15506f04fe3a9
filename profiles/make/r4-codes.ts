import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../src/json/json.ts';
import { objects } from '../../src/validation/terminology/code-system.ts';
import {
  packedCode,
  packedCodes,
  type CompactRule,
  type CompactSystem,
} from '../../src/validation/terminology/compact-codes.ts';
import { listedRules, type SetRule } from '../../src/validation/terminology/set-rules.ts';
import { profiles } from './artefacts.ts';

/**
 * The code systems and value sets of R4 -> `profiles/r4/codes.json`, what the checker knows of codes. They come from
 * HL7's XML in a library of HAPI's, laid out as JSON by the judge.
 *
 *     node profiles/make/r4-codes.ts
 */

const core = mkdtempSync(join(tmpdir(), 'coursebridge-r4-'));
try {
  execFileSync('bash', [join(profiles, '../test/conformance/judge/judge'), '--core', core], { stdio: 'inherit' });
  const folder = join(core, 'hl7.fhir.r4.core#4.0.1/package');
  const read = (type: string): JsonObject[] =>
    readdirSync(folder)
      .filter((name) => name.startsWith(`${type}-`))
      .toSorted()
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonObject);
  const codes = {
    systems: Object.fromEntries(read('CodeSystem').flatMap(systemLine)),
    sets: Object.fromEntries(read('ValueSet').map(setLine)),
  };
  writeFileSync(join(profiles, 'r4/codes.json'), `${JSON.stringify(codes)}\n`);
} finally {
  rmSync(core, { recursive: true });
}

function systemLine(system: JsonObject): [string, CompactSystem][] {
  const { content } = system;
  if (content === 'not-present') return [];
  const flags = `${system['caseSensitive'] === true ? 'c' : ''}${content === 'fragment' ? 'f' : ''}`;
  return [[textOf(system, 'url'), [flags, packedConcepts(system)]]];
}

function packedConcepts(parent: JsonObject): string {
  return objects(parent['concept'])
    .map((concept) => {
      const below = packedConcepts(concept);
      return `${packedCode(textOf(concept, 'code'))}${below === '' ? '' : ` { ${below} }`}`;
    })
    .join(' ');
}

function setLine(set: JsonObject): [string, string | CompactRule[]] {
  if (!isJsonObject(set['compose'])) throw new Error(`${textOf(set, 'url')} has no compose`);
  const rules = listedRules(set).map(ruleOf);
  const [first, ...others] = rules;
  const isWhole = first !== undefined && others.length === 0 && Object.keys(first).join() === 's';
  return [textOf(set, 'url'), isWhole ? (first.s ?? '') : rules];
}

function ruleOf({ exclude, system, codes, filters, sets }: SetRule): CompactRule {
  return {
    ...(exclude && { x: true }),
    ...(system !== undefined && { s: system }),
    ...(codes !== undefined && { c: packedCodes(codes) }),
    ...(filters.length > 0 && { f: filters.map(({ property, op, value }) => [property, op, value] as const) }),
    ...(sets.length > 0 && { v: sets }),
  };
}

function textOf(resource: JsonObject, name: string): string {
  const value = resource[name];
  if (typeof value !== 'string') throw new Error(`R4 has a resource without ${name}`);
  return value;
}
