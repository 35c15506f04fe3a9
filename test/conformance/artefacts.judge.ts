import { expect, inject, test } from 'vitest';
import { artefacts } from '../definitions/artefacts.ts';
import { judgeAt } from './judge.ts';

/** HL7's validator over what we publish: each Questionnaire, PlanDefinition and CodeSystem is one, without error. */

const { judge } = judgeAt(inject('judge'));

test.each(['questionnaires', 'plandefinitions', 'codesystems'])('%s', async (folder) => {
  const published = [...artefacts(folder)];
  const verdicts = await judge(published.map(([, artefact]) => artefact));
  const errors = verdicts.flatMap(({ issues }, index) =>
    issues
      .filter(({ severity }) => severity === 'error' || severity === 'fatal')
      .map((issue) => ({ artefact: published[index]?.[0], ...issue })),
  );
  expect(published.length).toBeGreaterThan(4);
  expect(errors).toEqual([]);
});
