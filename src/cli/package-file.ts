import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { isJsonObject, parseJson, type Json, type JsonObject } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { filesOfTar, TarFault } from './tar.ts';

/** A FHIR package (https://confluence.hl7.org/display/FHIR/NPM+Package+Specification) as far as a checker needs it. */
export interface FhirPackage {
  /** Empty where the file is no package. */
  readonly name: string;
  readonly version: string;
  /** Its StructureDefinitions, ValueSets, CodeSystems and Questionnaires, in the order of the archive. */
  readonly resources: readonly JsonObject[];
  /** What is wrong with the file; the place of each is a path in the archive. With an error there are no resources. */
  readonly issues: readonly Issue[];
}

/** R4's own package has 42 MB; what unpacks to more than this was made to fill a memory. */
const mostBytes = 200_000_000;

/** Reads the package in a file (.tgz). It never throws: what is no package is an issue. */
export async function readPackage(file: string, most = mostBytes): Promise<FhirPackage> {
  const reading = new Reading();
  const stream = createReadStream(file);
  const unpacked = createGunzip();
  try {
    await pipeline(stream, unpacked, (chunks: AsyncIterable<Uint8Array>) => reading.all(bounded(chunks, most)));
    return reading.result();
  } catch (fault) {
    return failed(issueOf(fault, stream.bytesRead));
  }
}

const failed = (issue: Issue): FhirPackage => ({ name: '', version: '', resources: [], issues: [issue] });

/** A file that cannot be taken as a package. */
class Refusal extends Error {
  readonly issue: Issue;

  constructor(issue: Issue) {
    super(issue.code);
    this.issue = issue;
  }
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of chunks) {
    read += chunk.byteLength;
    if (read > most) throw new Refusal({ code: 'package-too-large', at: '', facts: { most } });
    yield chunk;
  }
}

/** What the fault of reading says about the file: zlib's codes begin with Z_, and the system's have a syscall. */
function issueOf(fault: unknown, bytes: number): Issue {
  if (fault instanceof Refusal) return fault.issue;
  if (fault instanceof TarFault) return { code: fault.isStart ? 'not-a-package' : 'package-damaged', at: '' };
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  const isNoGzip = bytes === 0 || (fault instanceof Error && fault.message === 'incorrect header check');
  if (code.startsWith('Z_')) return { code: isNoGzip ? 'not-a-package' : 'package-damaged', at: '' };
  if (fault instanceof Error && 'syscall' in fault) return { code: 'package-unreadable', at: '' };
  throw fault;
}

const manifestPath = 'package/package.json';
const wanted = /^package\/[^/]+\.json$/;
const conformance = ['StructureDefinition', 'ValueSet', 'CodeSystem', 'Questionnaire'];
// Most files of a package are examples and search parameters: they need not be parsed to be passed over.
const ofConformance = new RegExp(`"resourceType"\\s*:\\s*"(?:${conformance.join('|')})"`);

class Reading {
  readonly #resources: JsonObject[] = [];
  readonly #issues: Issue[] = [];
  #manifest: JsonObject | undefined;

  async all(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const { path, content } of filesOfTar(chunks, (name) => wanted.test(name))) {
      if (leadsOut(path)) throw new Refusal({ code: 'package-path-outside', at: path });
      if (content !== undefined) this.#file(path, content);
    }
  }

  #file(path: string, content: Buffer): void {
    const isManifest = path === manifestPath;
    const text = content.toString('utf8').replace(/^\uFEFF/, '');
    if (!isManifest && !ofConformance.test(text)) return;
    const parsed = parseJson(text);
    if (!parsed.ok) {
      const { kind, line, column } = parsed.fault;
      this.#issues.push({ code: 'package-file-malformed', at: path, facts: { kind, line, column } });
    } else if (!isJsonObject(parsed.value)) return;
    else if (isManifest) this.#manifest = parsed.value;
    else if (isConformance(parsed.value)) this.#resources.push(parsed.value);
  }

  result(): FhirPackage {
    const manifest = this.#manifest;
    const [name, version] = [manifest?.['name'], manifest?.['version']];
    const isErroneous = this.#issues.length > 0;
    if (manifest === undefined || typeof name !== 'string' || typeof version !== 'string') {
      return {
        ...failed({ code: 'not-a-package', at: manifestPath }),
        ...(isErroneous ? { issues: this.#issues } : {}),
      };
    }
    const issues: Issue[] = isForR4(manifest)
      ? this.#issues
      : [...this.#issues, { code: 'package-of-other-fhir', at: manifestPath }];
    return { name, version, resources: isErroneous ? [] : this.#resources, issues };
  }
}

const leadsOut = (path: string): boolean =>
  path.startsWith('/') || path.includes('\\') || path.split('/').includes('..');

const isConformance = ({ resourceType }: JsonObject): boolean =>
  typeof resourceType === 'string' && conformance.includes(resourceType);

/** Older packages say it in a list of another name. */
function isForR4(manifest: JsonObject): boolean {
  const versions: Json | undefined = manifest['fhirVersions'] ?? manifest['fhir-version-list'];
  return (
    Array.isArray(versions) && versions.some((version) => typeof version === 'string' && /^4\.0(?:\.|$)/.test(version))
  );
}
