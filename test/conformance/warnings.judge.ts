import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isExplained, knownWarnings } from './warnings.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

test('the README explains exactly the warnings that are let pass', () => {
  const table = readme.slice(readme.indexOf('## Warnings'), readme.indexOf('Hints are not counted'));
  const rows = [...table.matchAll(/^\| (\S[^|]*?) +\| [\d,]+ +\| \S/gm)].map(([, name]) => name);
  expect(new Set(rows)).toEqual(new Set(knownWarnings.map(({ name }) => name)));
});

test('an error is never explained, nor a warning of another kind', () => {
  const issue = {
    at: 'Observation',
    id: 'Terminology_PassThrough_TX_Message',
    text: "CodeSystem is unknown and can't be validated: http://loinc.org for 'http://loinc.org#8867-4'",
  };
  expect(isExplained({ ...issue, severity: 'warning' })).toBe(true);
  expect(isExplained({ ...issue, severity: 'error' })).toBe(false);
  expect(isExplained({ ...issue, severity: 'warning', text: issue.text.replaceAll('loinc', 'kinds') })).toBe(false);
  expect(isExplained({ ...issue, severity: 'warning', id: 'Other' })).toBe(false);
});
