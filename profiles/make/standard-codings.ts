import snomed from '../terminology/snomed-codings.json' with { type: 'json' };
import { codeSystem, keywordCodings, type Coding } from '../../src/definitions/terminology.ts';
import type { Artefact } from './artefacts.ts';

/**
 * An artefact with the standard codings of profiles/terminology beside every code of ours in a concept, and no others:
 * so codes of SNOMED CT stand in one file, and a site without its licence can take them out everywhere.
 */
export function withStandardCodings(artefact: Artefact): Artefact {
  const coded = withConcepts(artefact) as Artefact;
  return artefact.resourceType === 'Questionnaire' ? withOwnCode(coded) : coded;
}

const snomedSystem = 'http://snomed.info/sct';
const file: Readonly<Record<string, Readonly<Record<string, readonly Coding[]>>>> = snomed;
const ofSnomed = new Set(
  Object.values(file).flatMap((list) =>
    Object.values(list)
      .flat()
      .map(({ code }) => code),
  ),
);
const lists = codeSystem('');

function withConcepts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withConcepts);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
    name,
    name === 'coding' ? standard(inner as readonly Coding[]) : withConcepts(inner),
  ]);
  return Object.fromEntries(entries);
}

/** The codings of a concept that has one of ours; ours stays as it is, with its display. */
function standard(codings: readonly Coding[]): readonly Coding[] {
  const own = codings.find(({ system }) => system.startsWith(lists));
  if (own === undefined) return codings.filter(({ system, code }) => system !== snomedSystem || ofSnomed.has(code));
  return keywordCodings(own.system.slice(lists.length), own.code).map((coding) =>
    coding.system === own.system ? own : coding,
  );
}

const ofQuestionnaires = file['questionnaire'] ?? {};

/** What a Questionnaire is as a whole has no list of ours. */
function withOwnCode(questionnaire: Artefact): Artefact {
  const given = (questionnaire['code'] ?? []) as readonly Coding[];
  const code = [
    ...(ofQuestionnaires[questionnaire.id] ?? []),
    ...given.filter(({ system }) => system !== snomedSystem),
  ];
  if (code.length > 0) return { ...questionnaire, code };
  const { code: _, ...without } = questionnaire;
  return without;
}
