import { describe, expect, it } from 'vitest';
import { courseJsonSchema } from '../../src/course/schema.ts';
import { formIds, shippedDefinitions } from '../../src/definitions/definitions.ts';
import { artefacts, type Item } from './artefacts.ts';

/** The forms of ours against the course format: the linkId of an item is the name of a field, and says its kind. */

interface Schema {
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const forms = artefacts<{ readonly url: string; readonly item: readonly Item[] }>('questionnaires');
const course = courseJsonSchema() as Schema;
const partsOf = (list: string): Schema => course.properties?.[list]?.items ?? {};

/** What is one item of a form and two fields of the format: a code, or a keyword of ours. */
const codeOrKey: Readonly<Record<string, string>> = { 'criteria.criterion': 'code' };

/** Every item with the field that it names, the path of its group taken off. */
function* fields(items: readonly Item[], schema: Schema, prefix = ''): Generator<[string, Item, Schema | undefined]> {
  for (const item of items) {
    const name = codeOrKey[item.linkId] ?? item.linkId.slice(prefix.length);
    const field = item.linkId.startsWith(prefix) ? schema.properties?.[name] : undefined;
    yield [item.linkId, item, field];
    yield* fields(item.item ?? [], field?.items ?? field ?? {}, `${item.linkId}.`);
  }
}

describe.each([
  ['course-record', course],
  ['eligibility', partsOf('eligibility')],
  ['follow-up', partsOf('followUps')],
  ['interview', partsOf('interviews')],
  ['psychotherapy-session', partsOf('psychotherapySessions')],
  ['suicide-risk', partsOf('suicideRisk')],
])('%s', (id, schema) => {
  const all = [...fields(forms.get(id)?.item ?? [], schema)];

  it.each(all)('%s', (_, item, field) => {
    expect(field).toBeDefined();
    expect(item.repeats === true).toBe(field?.type === 'array');
    const one = field?.items ?? field ?? {};
    expect(kindsOf(one)).toContain(item.type);
    if (one.enum !== undefined) expect(item.answerOption?.map(({ valueCoding }) => valueCoding.code)).toEqual(one.enum);
  });

  it('has each linkId once', () => {
    const linkIds = all.map(([linkId]) => linkId);
    expect(new Set(linkIds).size).toBe(linkIds.length);
  });
});

/** The item types that a field of the format can have. */
function kindsOf({ type, pattern, enum: keywords, properties }: Schema): readonly string[] {
  if (keywords !== undefined) return ['choice'];
  if (type === 'boolean') return ['boolean'];
  // FHIR's integer ends at 32 bits; a version does not.
  if (type === 'integer') return ['integer', 'string'];
  if (pattern?.includes('T') === true) return ['dateTime'];
  if (type === 'string') return ['string', 'text', 'date', 'url'];
  const names = Object.keys(properties ?? {});
  if (names.includes('unit')) return ['quantity'];
  if (names.includes('code') && names.includes('system')) return ['choice'];
  if (names.includes('name') && names.includes('system')) return ['reference'];
  return ['group'];
}

it('a choice without options takes any code: where the format has a Code', () => {
  const open = formIds.flatMap((id) =>
    [...fields(forms.get(id)?.item ?? [], {})]
      .filter(([, item]) => item.type === 'choice' && item.answerOption === undefined)
      .map(([linkId]) => linkId),
  );
  expect(open).toEqual(['indication.diagnoses', 'concomitantMedications.code', 'criteria.criterion']);
});

it('the published Questionnaires are these forms and the instruments', () => {
  const names = [...formIds, ...shippedDefinitions.instruments.map(({ key }) => key)];
  expect([...forms.keys()].toSorted()).toEqual(names.toSorted());
  for (const id of formIds) {
    expect(shippedDefinitions.form(id)).toEqual({ url: forms.get(id)?.url, version: '0.1.0' });
  }
});
