import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { samplesFolder } from '../samples/shared.ts';
import { judgeAt } from './judge.ts';

/**
 * What other systems wrote, in the words of HL7's validator: it accepts what is R4, and finds the faults that are there.
 * Claims of profiles are left out, since the guides that they name are not here.
 */

const { judge } = judgeAt(inject('judge'));

/** The first fault of each sample that has one. The others have none. */
const faults: Readonly<Record<string, string>> = {
  // A unit that is no code of UCUM.
  'medadmin/spec-r4-medadmin0312.json': 'Terminology_PassThrough_TX_Message',
  // A Questionnaire that is named by no absolute URL.
  'qr/spec-r4-gcs.json': 'TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE',
  // An extension where it may not be.
  'questionnaire/mii-phq9.json': 'Profile_EXT_Not_Here',
  // Entries without fullUrl.
  'cms159-sample': 'BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED',
};

interface Sample {
  readonly resourceType?: string;
  readonly meta?: { readonly profile?: readonly string[] };
  readonly entry?: readonly { readonly resource?: Sample }[];
}

/** The resource, and those in it, without what they claim. */
function withoutClaims(sample: Sample): object {
  const { profile: _profile, ...meta } = sample.meta ?? {};
  const { meta: _meta, entry, ...rest } = sample;
  return {
    ...rest,
    ...(Object.keys(meta).length > 0 && { meta }),
    ...(entry && {
      entry: entry.map((one) => ({ ...one, ...(one.resource && { resource: withoutClaims(one.resource) }) })),
    }),
  };
}

test('resources of other systems', async () => {
  if (!existsSync(samplesFolder)) {
    console.warn('skipped resources of other systems: the folder of samples is not here');
    return;
  }
  const files = globSync('{medadmin,observation,qr,questionnaire,synthea,cms159-sample}/*.json', {
    cwd: samplesFolder,
  });
  const samples = files.toSorted().flatMap((file) => {
    const sample = JSON.parse(readFileSync(join(samplesFolder, file), 'utf8')) as Sample;
    return sample.resourceType === undefined ? [] : [{ file, sample }];
  });
  expect(samples.length).toBeGreaterThan(40);
  const verdicts = await judge(samples.map(({ sample }) => withoutClaims(sample)));
  const found = samples.map(({ file }, index) => [
    file,
    verdicts[index]?.issues.find(({ severity }) => severity === 'error' || severity === 'fatal')?.id,
  ]);
  const expected = samples.map(({ file }) => [file, faults[file] ?? faults[basename(dirname(file))]]);
  expect(found).toEqual(expected);
});
