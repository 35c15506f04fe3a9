import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';

/**
 * The profiles that R4 makes mandatory for an Observation by its code, claimed or not (R4, Vital Signs). R4 itself names
 * one LOINC code each; the further ones, and those of SNOMED CT, are those that HL7's validator takes for the same sign.
 * The first that fits counts.
 */
const signs: readonly { readonly profile: string; readonly system: string; readonly codes: string }[] = [
  { profile: 'vitalspanel', system: 'http://loinc.org', codes: '85353-1' },
  {
    profile: 'resprate',
    system: 'http://loinc.org',
    codes: '9279-1 76170-0 76172-6 76171-8 19840-8 33438-3 76270-8 11291-2',
  },
  {
    profile: 'heartrate',
    system: 'http://loinc.org',
    codes:
      '8867-4 60978-4 73795-7 73799-9 76476-1 76477-9 8889-8 8890-6 8891-4 8892-2 8893-0 40443-4 55425-3 68999-2 11328-2 69000-8 8886-4',
  },
  {
    profile: 'oxygensat',
    system: 'http://loinc.org',
    codes: '2708-6 59408-5 19224-5 20564-1 2709-4 2710-2 2713-6 51733-4 59417-6 89276-0 97549-0',
  },
  {
    profile: 'bodytemp',
    system: 'http://loinc.org',
    codes:
      '8310-5 60834-9 60835-6 60836-4 60838-0 60955-2 61009-7 75539-7 75987-8 76010-8 76011-6 76278-1 8309-7 8328-7 8329-5 8330-3 8331-1 8332-9 8333-7 8334-5 91371-5 98657-0 98663-8',
  },
  { profile: 'bodyheight', system: 'http://loinc.org', codes: '8302-2 3137-7 3138-5 8306-3 8308-9' },
  { profile: 'headcircum', system: 'http://loinc.org', codes: '9843-4 8287-5' },
  { profile: 'bodyweight', system: 'http://loinc.org', codes: '29463-7 3141-9 3142-7 75292-3 79348-9 8350-1 8351-9' },
  { profile: 'bmi', system: 'http://loinc.org', codes: '39156-5 89270-3' },
  { profile: 'bp', system: 'http://loinc.org', codes: '85354-9 35094-2 8459-0 76534-7 55284-4 8480-6' },
  { profile: 'vitalspanel', system: 'http://snomed.info/sct', codes: '46680005' },
  { profile: 'resprate', system: 'http://snomed.info/sct', codes: '86290005 271625008 271306003' },
  {
    profile: 'heartrate',
    system: 'http://snomed.info/sct',
    codes: '249043002 444981005 399017001 251670001 429525003 429614003',
  },
  { profile: 'oxygensat', system: 'http://snomed.info/sct', codes: '442476006 431314004' },
  {
    profile: 'bodytemp',
    system: 'http://snomed.info/sct',
    codes:
      '386725007 276885007 300076005 1222808002 364246006 307047009 708499008 431598003 698831002 698832009 415882003 415974002 415929009 415945006',
  },
  {
    profile: 'bodyheight',
    system: 'http://snomed.info/sct',
    codes: '1153637007 1162419008 50373000 1162418000 1230278008 1162392001 1162417005',
  },
  { profile: 'headcircum', system: 'http://snomed.info/sct', codes: '363812007 169876006 1269262007 363811000' },
  {
    profile: 'bodyweight',
    system: 'http://snomed.info/sct',
    codes: '735395000 425024002 424927000 784399000 1162416001 1162415002',
  },
  { profile: 'bmi', system: 'http://snomed.info/sct', codes: '60621009' },
  {
    profile: 'bp',
    system: 'http://snomed.info/sct',
    codes:
      '251076008 163033001 163035008 386534000 386536003 271649006 271650006 407556006 407554009 716579001 399304008',
  },
];

/** By system and code: the rank of the sign, so that the first in the list above is found. */
const ranks = new Map<unknown, ReadonlyMap<unknown, number>>(
  ['http://loinc.org', 'http://snomed.info/sct'].map((system) => [
    system,
    new Map(
      signs.flatMap((sign, rank) => (sign.system === system ? sign.codes.split(' ').map((code) => [code, rank]) : [])),
    ),
  ]),
);

/** The url of the profile that the Observation's code makes mandatory. */
export function vitalSignProfile({ code }: JsonObject): string | undefined {
  const codings = isJsonObject(code) ? code['coding'] : undefined;
  if (!Array.isArray(codings)) return undefined;
  let best = signs.length;
  for (const coding of codings as readonly Json[]) {
    if (!isJsonObject(coding)) continue;
    const rank = ranks.get(coding['system'])?.get(coding['code']);
    if (rank !== undefined && rank < best) best = rank;
  }
  const sign = signs[best];
  return sign && `http://hl7.org/fhir/StructureDefinition/${sign.profile}`;
}
