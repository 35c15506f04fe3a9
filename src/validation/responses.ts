import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { checkAnswers } from './answers/check-answers.ts';
import { compileQuestionnaire, type CompiledQuestionnaire, type Means } from './answers/compile-questionnaire.ts';
import type { Check } from './run.ts';
import { textOf } from './text-of.ts';
import { terminologyOf } from './terminology/terminology-of.ts';
import type { CompactCodes } from './terminology/compact-codes.ts';
import type { Terminology } from './terminology/terminology.ts';

/** A response against the Questionnaire that it names by its canonical, or that it contains. */
export function responseCheck(questionnaires: readonly JsonObject[], known: Terminology, codes: CompactCodes): Check {
  const byCanonical = new Map<string, JsonObject>();
  for (const questionnaire of questionnaires) {
    const { url, version } = questionnaire;
    if (typeof url !== 'string') continue;
    if (!byCanonical.has(url)) byCanonical.set(url, questionnaire);
    if (typeof version === 'string') byCanonical.set(`${url}|${version}`, questionnaire);
  }
  const compiled = new Map<JsonObject, CompiledQuestionnaire>();

  const compile = (questionnaire: JsonObject): CompiledQuestionnaire => {
    let made = compiled.get(questionnaire);
    if (made === undefined) {
      made = compileQuestionnaire(questionnaire, meansOf(questionnaire, known, codes));
      compiled.set(questionnaire, made);
    }
    return made;
  };

  return (value, run) => {
    const response = value as JsonObject;
    const { questionnaire } = response;
    if (typeof questionnaire !== 'string') return;
    const isContained = questionnaire.startsWith('#');
    const asked = isContained ? run.resolve(questionnaire) : byCanonical.get(questionnaire);
    if (asked === undefined) {
      run.report('questionnaire-unknown');
      return;
    }
    const { at } = run;
    const prepared = isContained ? compileQuestionnaire(asked, meansOf(asked, known, codes)) : compile(asked);
    checkAnswers(response, prepared, (code, place, facts) =>
      run.reportPlace(code, at + place.slice('QuestionnaireResponse'.length), facts),
    );
  };
}

/** A Questionnaire may contain the value sets of its answers. */
function meansOf({ contained }: JsonObject, known: Terminology, codes: CompactCodes): Means {
  const sets = (Array.isArray(contained) ? (contained as readonly Json[]) : [])
    .filter(isJsonObject)
    .filter(({ resourceType }) => resourceType === 'ValueSet')
    .map((set) => ({ ...set, url: `#${textOf(set['id'])}` }));
  const inside = sets.length === 0 ? undefined : terminologyOf(codes, { codeSystems: [], valueSets: sets });
  return {
    inValueSet(canonical, system, code) {
      const set = canonical.startsWith('#') ? inside?.set(canonical) : known.set(canonical);
      if (set === undefined) return 'unknown';
      return system === undefined || code === undefined ? 'out' : set.has(system, code);
    },
  };
}
