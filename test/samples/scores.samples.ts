import { describe, expect, it } from 'vitest';
import type { AssessmentItem } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import type { Instrument } from '../../src/definitions/instrument.ts';
import { scoreOf, weightsOf } from '../../src/definitions/scoring.ts';
import type { Elements } from '../../src/mapping/elements.ts';
import { readItems } from '../../src/mapping/items.ts';
import { manifest, sample } from './shared.ts';

/** Responses that other systems wrote, and the totals that their answers give. */

interface Sample {
  readonly file: string;
  readonly resourceType: string;
  readonly expected?: { readonly instrument?: string; readonly items: readonly number[]; readonly itemSum: number };
}

const keys: Readonly<Record<string, string>> = { 'PHQ-9': 'phq9', 'GAD-7': 'gad7' };

const listed = manifest() as { readonly files: readonly Sample[] } | undefined;
const responses = (listed?.files ?? []).flatMap(({ file, resourceType, expected }) => {
  const instrument = shippedDefinitions.instrument(keys[expected?.instrument ?? ''] ?? '');
  if (resourceType !== 'QuestionnaireResponse' || expected === undefined || instrument === undefined) return [];
  return [{ file, expected, instrument, answers: readItems(sample(file) as Elements, instrument) }];
});

const totalOf = (instrument: Instrument, answers: readonly AssessmentItem[]): number | undefined => {
  const total = instrument.scores.find(({ key }) => key === 'total');
  return total && scoreOf(total, weightsOf(instrument, answers));
};

it.skipIf(listed === undefined)('linkIds of LOINC, of LHC-Forms and of somebody else', () => {
  const read = Object.groupBy(responses, ({ answers }) => (answers.length > 0 ? 'ours' : 'theirs'));
  expect(read.ours?.map(({ file }) => file)).toEqual([
    'qr/phq9-us-core.json',
    'qr/phq9-phr-pghd.json',
    'qr/gad7-phr-pghd.json',
  ]);
  expect(read.theirs?.map(({ file }) => file)).toEqual(['qr/phq9-sdc.json']);
});

describe.each(responses)('$file', ({ expected, instrument, answers }) => {
  const scored = instrument.scores[0]?.items ?? [];
  const given = answers.filter(({ linkId }) => scored.includes(linkId));

  it('its answers are read as they are, and their total is the one of the manifest', () => {
    const known = answers.length > 0;
    expect(given.map(({ value }) => value)).toEqual(known ? expected.items : []);
    expect(totalOf(instrument, answers)).toBe(known ? expected.itemSum : undefined);
  });

  it('there is no total where any one of them is missing', () => {
    const totals = given.map((missing) =>
      totalOf(
        instrument,
        answers.filter((one) => one !== missing),
      ),
    );
    expect(totals).toEqual(given.map(() => undefined));
  });
});
