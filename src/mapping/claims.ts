import { formIds } from '../definitions/definitions.ts';
import { base } from '../definitions/terminology.ts';
import { ownExtension } from './canonicals.ts';
import type { Claim } from './claim.ts';
import { ownCoding } from './codings.ts';
import { elementIn, elementsIn, isElements, textIn, type Elements } from './elements.ts';
import { questionnaireOf } from './response.ts';
import type { bloodPressure, singleVitalSigns } from './vital-signs.ts';

/**
 * Which profile a resource says that it conforms to, in `meta.profile`. What is written conforms whatever is claimed,
 * and no reader looks at a claim: some servers refuse claims (Medplum every blood pressure that claims HL7's), others
 * drop them.
 */

type VitalSign = (typeof singleVitalSigns)[number]['field'] | typeof bloodPressure.code | 'weight';

/** R4's profile of each vital sign (https://hl7.org/fhir/R4/observation-vitalsigns.html), and ours of it. */
const vitalSigns: Readonly<Record<VitalSign, { readonly hl7: string; readonly ours: string }>> = {
  bloodPressure: { hl7: 'bp', ours: 'blood-pressure' },
  heartRate: { hl7: 'heartrate', ours: 'heart-rate' },
  respiratoryRate: { hl7: 'resprate', ours: 'respiratory-rate' },
  oxygenSaturation: { hl7: 'oxygensat', ours: 'oxygen-saturation' },
  temperature: { hl7: 'bodytemp', ours: 'body-temperature' },
  weight: { hl7: 'bodyweight', ours: 'body-weight' },
};

/** Our profile of every other Observation, by our code of it. */
const observations: ReadonlyMap<string, string> = new Map([
  ['course-summary', 'course-summary'],
  ['session-record', 'session-record'],
  ['reading', 'reading'],
  ['sedation', 'sedation'],
  ['dissociation', 'dissociation'],
  ['side-effect', 'side-effect'],
  ['adverse-event', 'adverse-event'],
  ['total', 'score'],
  ['subscore', 'score'],
  ['outcome', 'outcome-evaluation'],
  ['phase-transition', 'phase-transition'],
]);

/** What stands in `meta.profile` of a resource that the mapping wrote; undefined where nothing is claimed. */
export function profileOf(resource: object, claim: Claim): string | undefined {
  if (claim === 'off') return undefined;
  const elements = resource as Elements;
  const vitalSign = vitalSignOf(elements);
  if (claim === 'hl7') return vitalSign && `http://hl7.org/fhir/StructureDefinition/${vitalSign.hl7}`;
  const name = vitalSign?.ours ?? ourProfileOf(elements);
  return name && ownProfile(name);
}

const ownProfile = (name: string): string => `${base}/StructureDefinition/${name}`;

/** Every profile of ours that a resource can claim. */
export const ourProfiles: readonly string[] = [
  ...new Set([
    ...observations.values(),
    ...Object.values(vitalSigns).map(({ ours }) => ours),
    'undated-vital-sign',
    'ketamine-administration',
    'supplement-administration',
    'assessment-response',
    'form-response',
  ]),
].map(ownProfile);

/** The resource with its claim, where FHIR has `meta`: behind its type and id. */
export function claiming<R extends object>(resource: R, claim: Claim): R {
  const profile = profileOf(resource, claim);
  if (profile === undefined) return resource;
  const { resourceType, id } = resource as Elements;
  // Assigned over the first ones, the others keep their order behind them.
  return Object.assign({ resourceType, ...(id !== undefined && { id }), meta: { profile: [profile] } }, resource);
}

// A vital sign without even a day has no LOINC code: R4's profiles ask for a day (invariant vs-1).
function vitalSignOf(resource: Elements): (typeof vitalSigns)[VitalSign] | undefined {
  const codings = codingsOf(resource);
  if (!codings.some(({ system }) => system === 'http://loinc.org')) return undefined;
  const code = ourCodeIn(codings);
  return isVitalSign(code) ? vitalSigns[code] : undefined;
}

function ourProfileOf(resource: Elements): string | undefined {
  switch (resource['resourceType']) {
    case 'Observation': {
      const code = ourCodeIn(codingsOf(resource));
      return isVitalSign(code) ? 'undated-vital-sign' : observations.get(code);
    }
    case 'MedicationAdministration':
      return isSupplement(resource) ? 'supplement-administration' : 'ketamine-administration';
    case 'QuestionnaireResponse':
      return forms.has(questionnaireOf(resource) ?? '') ? 'form-response' : 'assessment-response';
    default:
      return undefined;
  }
}

const codingsOf = (resource: Elements): readonly Elements[] => elementsIn(elementIn(resource, 'code'), 'coding');

const observationSystem = ownCoding('observation', '').system;
const ourCodeIn = (codings: readonly Elements[]): string =>
  textIn(
    codings.find(({ system }) => system === observationSystem),
    'code',
  ) ?? '';

const isVitalSign = (code: string): code is VitalSign => Object.hasOwn(vitalSigns, code);

const kindUrl = ownExtension('administration-kind');

/** What was given on top of the first dose: by its stated kind, never by its amount or place in the session. */
function isSupplement(resource: Elements): boolean {
  const kind = elementsIn(resource, 'extension').find(({ url }) => url === kindUrl)?.['valueCoding'];
  const code = isElements(kind) ? textIn(kind, 'code') : undefined;
  return code === 'supplement' || code === 'rescue';
}

const forms: ReadonlySet<string> = new Set(formIds.map((id) => `${base}/Questionnaire/${id}`));
