import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { base, codeSystem, keywordCodings, type Coding } from '../../src/definitions/terminology.ts';
import { codeSystems, type Artefact, type CodeSystem } from './artefacts.ts';
import { combinedSets, type Selection } from './combined-sets.ts';

/**
 * The ValueSets: one for each CodeSystem of ours, and some that take codes of several. Each enumerates its codes, ours
 * and the standard ones that the mapping writes beside them: a validator without a terminology server cannot follow a
 * filter, and HAPI wants every coding of a concept in the set that is bound to it.
 */
export function valueSets(published: readonly CodeSystem[], scores: readonly Coding[]): Artefact[] {
  const byId = new Map(published.map((one) => [one.id, one]));
  return [
    ...published.map((one) => valueSet(one, codingsOf({ list: one.id }, byId))),
    ...combinedSets.map((set) => {
      const chosen = set.from.flatMap((selection) => codingsOf(selection, byId));
      return valueSet(set, set.withScores === true ? [...chosen, ...scores] : chosen);
    }),
  ];
}

/** The ValueSets of what we publish. */
export function shippedValueSets(): Artefact[] {
  const scores = shippedDefinitions.instruments.flatMap(({ scores: all }) => all.flatMap(({ codings }) => codings));
  return valueSets(codeSystems(), scores);
}

/** The codes of a selection, each of our own with the standard codings that are written beside it. */
function codingsOf(selection: Selection, byId: ReadonlyMap<string, CodeSystem>): Coding[] {
  if ('system' in selection) return selection.codes.map((code) => ({ system: selection.system, code }));
  const { list, codes } = selection;
  const concepts = byId.get(list)?.concept ?? [];
  return (codes ?? concepts.map(({ code }) => code)).flatMap((code) => {
    const display = concepts.find((one) => one.code === code)?.display;
    return keywordCodings(list, code).map((coding) =>
      coding.system === codeSystem(list) && display !== undefined ? { ...coding, display } : coding,
    );
  });
}

interface Named {
  readonly id: string;
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

function valueSet({ id, name, title, description }: Named, codings: readonly Coding[]): Artefact {
  const systems = [...new Set(codings.map(({ system }) => system))].toSorted(ourOwnFirst);
  const copyright = systems.flatMap((system) => notices[system] ?? []).join(' ');
  return {
    resourceType: 'ValueSet',
    id,
    url: `${base}/ValueSet/${id}`,
    version: '0.1.0',
    name,
    title,
    status: 'active',
    experimental: false,
    publisher: 'coursebridge',
    description,
    ...(copyright !== '' && { copyright }),
    compose: { include: systems.map((system) => ({ system, concept: conceptsOf(system, codings) })) },
  };
}

/** A code that stands for two of ours is listed once. */
function conceptsOf(system: string, codings: readonly Coding[]): Omit<Coding, 'system'>[] {
  const ofSystem = codings.filter((coding) => coding.system === system);
  return [...new Map(ofSystem.map(({ system: _, ...concept }) => [concept.code, concept])).values()];
}

const ourOwnFirst = (one: string, other: string): number =>
  Number(other.startsWith(base)) - Number(one.startsWith(base)) || (one < other ? -1 : 1);

/** What the owners of other systems want to be said where their codes are. */
const notices: Readonly<Record<string, string>> = {
  'http://loinc.org':
    'This material contains content from LOINC (http://loinc.org). LOINC is copyright (c) 1995-2024, Regenstrief Institute, Inc. and the LOINC Committee, and is available at no cost under the license at http://loinc.org/license.',
  'http://snomed.info/sct':
    'This value set includes content from SNOMED CT, which is copyright (c) 2002 IHTSDO, and distributed by agreement between IHTSDO and HL7. Implementer use of SNOMED CT is not covered by this agreement.',
  'http://www.whocc.no/atc': 'ATC codes are copyright of the WHO Collaborating Centre for Drug Statistics Methodology.',
};
