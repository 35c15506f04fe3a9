import { expect, test } from 'vitest';
import { catalogue } from '../../../src/outcome/catalogue.ts';
import { narrativeFaults } from '../../../src/validation/formats/narrative.ts';
import judged from './judged-narratives.json' with { type: 'json' };

const div = (content: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`;

/** A prefix is XML as good as any other; no writer of FHIR uses one, and we do not resolve it. */
const differing = (text: string): boolean => text.startsWith('<h:div');

test.each(judged as [string, string][])('%s is judged as HL7 does: %s', (text, said) => {
  const isError = narrativeFaults(text)?.some((fault) => catalogue[fault].severity === 'error') ?? false;
  expect(isError).toBe(differing(text) || said.includes('e'));
});

test.each([
  ['text', div('<p>Heart rate <b>72</b>/min</p>'), undefined],
  ['an image alone', div('<img src="a.png" alt="a"/>'), undefined],
  ['nothing', div('<p> </p>'), ['narrative-empty']],
  ['no end', '<div xmlns="http://www.w3.org/1999/xhtml">a', ['narrative-malformed']],
  ['tags crossing', div('<b><i>a</b></i>'), ['narrative-malformed']],
  ['a script', div('<script>a</script>'), ['narrative-element']],
  ['a handler', div('<p onclick="a">b</p>'), ['narrative-attribute']],
  ['a script as a link', div('<a href="JavaScript:a">b</a>'), ['narrative-link']],
  ['a link to nothing', div('<a href="#a">b</a>'), ['narrative-link']],
  ['a link to another part', div('<a href="#a">b</a><p id="a">c</p>'), undefined],
  ['a cell outside a table', div('<td>a</td>'), ['narrative-misplaced']],
  ['an entity of HTML', div('&nbsp;a'), ['narrative-entity']],
  ['no namespace', '<div>a</div>', ['narrative-namespace']],
  ['another element', '<p xmlns="http://www.w3.org/1999/xhtml">a</p>', ['narrative-not-div']],
])('%s', (_, text, faults) => {
  expect(narrativeFaults(text)).toEqual(faults);
});

test('a link may lead to an element of the resource', () => {
  expect(narrativeFaults(div('<a href="#a">b</a>'), (id) => id === 'a')).toBeUndefined();
});

test('any text is judged in time that grows with its length', () => {
  const hostile = [
    '<b>',
    '<a b',
    '<!--',
    '<p/>',
    '&',
    '<',
    '<p a="',
    '<p a=b c ',
    '</p>',
    '<ul><li>',
    '<![CDATA[',
    '&#x',
    '#',
  ];
  for (const part of hostile)
    for (const text of [div(part.repeat(300_000 / part.length)), part.repeat(300_000 / part.length)]) {
      const before = performance.now();
      narrativeFaults(text);
      expect(performance.now() - before, part).toBeLessThan(1000);
    }
});
