import { base } from '../../src/definitions/terminology.ts';
import type { Artefact, CodeSystem } from './artefacts.ts';
import { pageOf } from './page-of.ts';

/** What is wrong with what we publish, each named; the package is not made while there is one. */
export function faultsIn(artefacts: readonly Artefact[], pages: ReadonlyMap<string, string>): string[] {
  return [
    ...undefinedIn(artefacts, artefacts),
    ...artefacts.flatMap((artefact) =>
      namedFaults(artefact, [
        ...identityFaults(artefact),
        ...notEnumerated(artefact),
        ...definitionFaults(artefact),
        ...pageFaults(artefact, pages),
      ]),
    ),
    ...twice(artefacts),
  ];
}

/** What artefacts name of ours, and none of `all` defines. */
export function undefinedIn(artefacts: readonly Artefact[], all: readonly Artefact[]): string[] {
  const urls = new Set(all.flatMap(({ url }) => url ?? []));
  const ofSystem = new Map(all.filter(isCodeSystem).map((one) => [one.url ?? '', codesIn(one)]));
  return artefacts.flatMap((artefact) =>
    namedFaults(artefact, [...unresolved(artefact, urls), ...unknownCodes(artefact, ofSystem)]),
  );
}

const namedFaults = (artefact: Artefact, faults: readonly string[]): string[] =>
  faults.map((fault) => `${named(artefact)}: ${fault}`);

const named = ({ resourceType, id }: Artefact): string => `${resourceType}/${id}`;

const isCodeSystem = (artefact: Artefact): artefact is CodeSystem => artefact.resourceType === 'CodeSystem';

const codesIn = ({ concept }: CodeSystem): ReadonlySet<string> => new Set(concept.map(({ code }) => code));

/** What others define travels with us under their own urls. */
const isOurs = ({ publisher }: Artefact): boolean => publisher === 'coursebridge';

/** A NamingSystem has neither a url nor a version in R4. */
function identityFaults(artefact: Artefact): string[] {
  const { resourceType, id, url, version } = artefact;
  if (resourceType === 'NamingSystem') return [];
  const expected = `${base}/${resourceType}/${id}`;
  return [
    ...(isOurs(artefact) && url !== expected ? [`its url is not ${expected}`] : []),
    ...(version === undefined ? ['it has no version'] : []),
  ];
}

const ours = /^https:\/\/w3id\.org\/coursebridge\/[A-Za-z]+\/[^\s|#]+/;

/** Canonicals of ours that nothing in the package has. */
function unresolved(artefact: Artefact, urls: ReadonlySet<string>): string[] {
  const canonicals = [...textsIn(artefact)].flatMap((text) => (text.includes(' ') ? [] : (ours.exec(text)?.[0] ?? [])));
  return [...new Set(canonicals)].filter((url) => !urls.has(url)).map((url) => `nothing has the url ${url}`);
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

/** Codes that our CodeSystem does not have, wherever one of its codes stands. */
function unknownCodes(artefact: Artefact, ofSystem: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const missing = [...codesNamedIn(artefact)].filter(({ system, code }) => ofSystem.get(system)?.has(code) === false);
  return [...new Set(missing.map(({ system, code }) => `the code ${code} is not in ${system}`))];
}

/** Every code of a system: of a coding, or in what a ValueSet includes. */
function* codesNamedIn(value: unknown): Generator<{ readonly system: string; readonly code: string }> {
  if (typeof value !== 'object' || value === null) return;
  const { system, code, concept } = value as Readonly<Record<string, unknown>>;
  if (typeof system === 'string') {
    if (typeof code === 'string') yield { system, code };
    const listed = Array.isArray(concept) ? (concept as readonly { readonly code: string }[]) : [];
    for (const one of listed) yield { system, code: one.code };
  }
  for (const inner of Object.values(value)) yield* codesNamedIn(inner);
}

/** What a ValueSet takes in without saying each code: that needs a terminology server. */
function notEnumerated({ resourceType, compose }: Artefact): string[] {
  if (resourceType !== 'ValueSet') return [];
  const { include } = compose as { readonly include: readonly Include[] };
  return include
    .filter(({ concept = [], filter }) => concept.length === 0 || filter !== undefined)
    .map(({ system = '' }) => `it does not enumerate ${system}`);
}

interface Include {
  readonly system?: string;
  readonly concept?: readonly unknown[];
  readonly filter?: unknown;
}

function definitionFaults({ resourceType, snapshot, fhirVersion }: Artefact): string[] {
  if (resourceType !== 'StructureDefinition') return [];
  return [
    ...(snapshot === undefined ? ['it has no snapshot'] : []),
    ...(fhirVersion === '4.0.1' ? [] : ['it is not of FHIR 4.0.1']),
  ];
}

function pageFaults(artefact: Artefact, pages: ReadonlyMap<string, string>): string[] {
  const name = pageOf(artefact);
  const text = pages.get(name);
  if (text === undefined) return [`it has no page ${name}.md`];
  return name === artefact.id || text.includes(`\`${artefact.id}\``) ? [] : [`the page ${name}.md does not name it`];
}

function twice(artefacts: readonly Artefact[]): string[] {
  return [...Map.groupBy(artefacts, named)]
    .filter(([, same]) => same.length > 1)
    .map(([name]) => `${name}: there twice`);
}
