import { isJsonObject, type Json, type JsonObject } from '../../../../src/json/json.ts';
import type { Change } from '../cases.ts';
import { above, isList, isObject, isText, setTo, without, type Place, type Rule } from './places.ts';

const isCoding = ({ value, name }: Place): boolean =>
  isObject(value) && isText(value['code'] ?? null) && 'system' in value && !('value' in value) && name !== 'item';
const isConcept = ({ value }: Place): boolean => isObject(value) && isList(value['coding'] ?? null);
const isQuantity = ({ value }: Place): boolean => isObject(value) && 'value' in value && 'unit' in value;
const isReference = ({ value }: Place): boolean =>
  isObject(value) && ('reference' in value || 'identifier' in value) && !('resourceType' in value);

const where = (
  name: string,
  test: (place: Place) => boolean,
  changes: (at: string, value: JsonObject) => readonly Change[],
): Rule => ({
  name,
  of: (place) => (test(place) && isJsonObject(place.value) ? changes(place.at, place.value) : undefined),
});

const survey = 'http://terminology.hl7.org/CodeSystem/observation-category';
const ours = 'https://w3id.org/coursebridge/StructureDefinition/';
const guide = 'https://small.example.org/StructureDefinition/';

/** LOINC codes that R4 has a profile for, one that it has none for, and one that is none. */
const loinc = [
  '8867-4',
  '85354-9',
  '8480-6',
  '2708-6',
  '59408-5',
  '29463-7',
  '8310-5',
  '9279-1',
  '44249-1',
  '44249-2',
  '85353-1',
];

const extensions: readonly Json[] = [
  { url: 'https://nowhere.example.com/x', valueString: 'x' },
  { url: 'https://nowhere.example.com/x' },
  { url: 'https://nowhere.example.com/x', valueString: 'x', extension: [{ url: 'y', valueString: 'z' }] },
  { url: 'https://nowhere.example.com/x', valueString: 'x', valueInteger: 1 },
  { url: 'x', valueString: 'x' },
  { valueString: 'x' },
  { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' },
  { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'nonsense' },
  { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { city: 'x' } },
  { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-nullFlavor', valueCode: 'UNK' },
  { url: `${guide}small-flag`, valueBoolean: true },
  { url: `${guide}small-flag`, valueString: 'x' },
  { url: `${guide}small-pair`, extension: [{ url: 'word', valueString: 'x' }] },
  { url: `${guide}small-pair`, extension: [{ url: 'rank', valueInteger: 1 }] },
  { url: `${guide}small-hue`, valueCodeableConcept: { text: 'x' } },
  { url: `${guide}small-inside`, valueCode: 'x' },
  { url: `${ours}self-taken`, valueBoolean: true },
  { url: `${ours}safety-item`, valueBoolean: true },
  { url: `${ours}time-of-session`, valueBoolean: true },
];

/** What is broken is what the resource says: codes, references, extensions, claims. */
export const meaningRules: readonly Rule[] = [
  where('coding', isCoding, (at) => [
    setTo(`${at}/code`, 'nonsense'),
    setTo(`${at}/system`, 'https://other.example.org/codes'),
    setTo(`${at}/system`, 'http://terminology.hl7.org/CodeSystem/nowhere'),
    setTo(`${at}/display`, 'Other words'),
    setTo(`${at}/version`, '9.9'),
    setTo(`${at}/userSelected`, true),
    without(`${at}/system`),
    without(`${at}/code`),
    setTo(at, { system: survey, code: 'survey' }),
    setTo(at, { system: 'http://snomed.info/sct', code: '371240000' }),
  ]),
  where(
    'loinc',
    (place) => isCoding(place) && isObject(place.value) && place.value['system'] === 'http://loinc.org',
    (at) => loinc.map((code) => setTo(`${at}/code`, code)),
  ),
  where('concept', isConcept, (at) => [
    setTo(at, { text: 'x' }),
    setTo(`${at}/coding/-`, { system: 'https://other.example.org/codes', code: 'x' }),
    setTo(`${at}/coding/-`, { system: 'http://loinc.org', code: '8867-4' }),
    setTo(`${at}/coding/-`, { display: 'x' }),
    without(`${at}/coding`),
    without(`${at}/coding/0`),
  ]),
  where('quantity', isQuantity, (at) => [
    ...['mg', 'mmHg', 'kg', '{score}', 'nonsense', 'mg/kg', '1', '%'].map((code) => setTo(`${at}/code`, code)),
    without(`${at}/code`),
    without(`${at}/unit`),
    without(`${at}/value`),
    setTo(`${at}/comparator`, '<'),
    setTo(`${at}/comparator`, 'about'),
    setTo(`${at}/system`, 'https://other.example.org/units'),
    setTo(`${at}/unit`, 'other'),
  ]),
  where('reference', isReference, (at) => [
    ...['Patient', 'Practitioner', 'Observation', 'Medication', 'Basic', 'QuestionnaireResponse', 'Nothing'].map(
      (type) => setTo(at, { reference: `${type}/x` }),
    ),
    setTo(at, { reference: '#nowhere' }),
    setTo(at, { reference: '#' }),
    setTo(at, { reference: 'urn:uuid:6f0c3d0e-0000-4000-8000-000000000009' }),
    setTo(at, { reference: 'https://other.example.org/fhir/Patient/x' }),
    setTo(at, { reference: 'https://other.example.org/fhir/Location/x' }),
    setTo(at, { reference: 'Patient/a b' }),
    setTo(at, { display: 'x' }),
    setTo(at, { type: 'Patient' }),
    setTo(at, { type: 'Location', identifier: { value: 'x' } }),
    setTo(at, { identifier: { value: 'x' } }),
    setTo(`${at}/type`, 'Location'),
    setTo(`${at}/type`, 'Nothing'),
  ]),
  where(
    'extension',
    ({ value, holder }) => isObject(value) && !isList(holder) && !('url' in value),
    (at) => extensions.map((one) => setTo(`${at}/extension/-`, one)),
  ),
  where(
    'extension-on-item',
    ({ value, holder }) => isObject(value) && isList(holder),
    (at) => extensions.map((one) => setTo(`${at}/extension/-`, one)),
  ),
  where(
    'modifier-extension',
    ({ at, value }) => isObject(value) && at.split('/').length < 4,
    (at) => [
      setTo(`${at}/modifierExtension`, [{ url: 'https://nowhere.example.com/x', valueString: 'x' }]),
      setTo(`${at}/modifierExtension`, [{ url: `${guide}small-halt`, valueCode: 'red' }]),
      setTo(`${at}/modifierExtension`, [{ url: `${guide}small-flag`, valueBoolean: true }]),
    ],
  ),
  where(
    'known-extension',
    ({ value, name }) => isObject(value) && name === 'extension' && 'url' in value,
    (at) => [
      setTo(`${at}/url`, 'https://nowhere.example.com/x'),
      setTo(`${at}/url`, `${guide}small-flag`),
      setTo(`${at}/valueString`, 'x'),
      setTo(`${at}/extension`, [{ url: 'y', valueString: 'x' }]),
      without(`${at}/url`),
      setTo(`${above(at)}/-`, { url: 'https://nowhere.example.com/x', valueBoolean: true }),
    ],
  ),
  where(
    'claim',
    ({ at, value }) => isObject(value) && at === '' && value['resourceType'] !== undefined,
    () => [
      setTo('/meta/profile', ['https://nowhere.example.com/p']),
      setTo('/meta/profile', ['http://hl7.org/fhir/StructureDefinition/Observation']),
      setTo('/meta/profile', ['http://hl7.org/fhir/StructureDefinition/vitalsigns']),
      ...['observation', 'ordered', 'typed', 'patient', 'administration', 'response', 'bundle'].map((name) =>
        setTo('/meta/profile', [`${guide}small-${name}`]),
      ),
      ...[
        'score',
        'heart-rate',
        'session-record',
        'reading',
        'side-effect',
        'course-summary',
        'assessment-response',
      ].map((name) => setTo('/meta/profile', [`${ours}${name}`])),
      setTo('/meta/profile/-', 'http://hl7.org/fhir/StructureDefinition/DomainResource'),
      without('/meta'),
    ],
  ),
  where(
    'top',
    ({ at }) => at === '',
    (_, resource) => [
      setTo('/language', 'zz-nonsense'),
      setTo('/language', 'en'),
      setTo('/id', 'not an id'),
      setTo('/text', { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>' }),
      setTo('/text', { status: 'generated', div: '<div><script>x</script></div>' }),
      setTo('/contained', [{ resourceType: 'Basic', id: 'c', code: { text: 'x' } }]),
      { set: { '/contained': [{ resourceType: 'Patient', id: 'c' }], '/subject': { reference: '#c' } } },
      { set: { '/contained': [{ resourceType: 'Location', id: 'c' }], '/subject': { reference: '#c' } } },
      setTo('/status', 'entered-in-error'),
      setTo('/status', 'final'),
      setTo('/status', 'nonsense'),
      setTo('/dataAbsentReason', {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
      }),
      setTo('/identifier', [{ system: 'urn:ietf:rfc:3986', value: 'x' }]),
      setTo('/category', [{ coding: [{ system: survey, code: 'vital-signs' }] }]),
      setTo('/resourceType', 'Basic'),
      setTo('/resourceType', 'Nothing'),
      ...(isObject(resource['code'] ?? null)
        ? [setTo('/component/-', { code: resource['code'] ?? null, valueInteger: 1 })]
        : []),
    ],
  ),
];
