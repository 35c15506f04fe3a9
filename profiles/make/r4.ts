import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJson, writeJson, type JsonObject } from '../../src/json/json.ts';
import { compactOf } from '../../src/validation/compact.ts';
import { definitionOf, type Definition } from '../../src/validation/definition.ts';
import { profiles } from './artefacts.ts';

/**
 * R4's own definitions -> `profiles/r4/structures.json`, what the checker reads. They come from HL7's XML in a library
 * of HAPI's, laid out as JSON by the judge: what npm has of them is not HL7's to the letter.
 *
 *     node profiles/make/r4.ts
 */

const core = mkdtempSync(join(tmpdir(), 'coursebridge-r4-'));
try {
  execFileSync('bash', [join(profiles, '../test/conformance/judge/judge'), '--core', core], { stdio: 'inherit' });
  const folder = join(core, 'hl7.fhir.r4.core#4.0.1/package');
  const definitions = readdirSync(folder)
    .filter((name) => name.startsWith('StructureDefinition-'))
    .toSorted()
    .map((name) => structureIn(join(folder, name)))
    .filter(({ kind }) => kind !== 'logical');
  writeFileSync(join(profiles, 'r4/structures.json'), `${writeJson(compactOf(definitions, '4.0.1'))}\n`);
} finally {
  rmSync(core, { recursive: true });
}

function structureIn(file: string): Definition {
  const parsed = parseJson(readFileSync(file, 'utf8'));
  const definition = parsed.ok ? definitionOf(parsed.value as JsonObject) : undefined;
  if (definition === undefined) throw new Error(`${file} is no StructureDefinition with a snapshot`);
  return definition;
}
