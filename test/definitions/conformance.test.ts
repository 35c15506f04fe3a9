import { expect, test } from 'vitest';
import { conformanceOf, versionIdOf } from '../../src/definitions/conformance.ts';

const at = (type: string, id: string | undefined, url?: string, more: object = {}): object => ({
  resourceType: type,
  ...(id !== undefined && { id }),
  ...(url !== undefined && { url }),
  ...more,
});

test('finds by type and id, in the order of ids', () => {
  const conformance = conformanceOf([
    at('ValueSet', 'b', 'u/b'),
    at('CodeSystem', 'c', 'u/c'),
    at('ValueSet', 'a', 'u/a'),
  ]);
  expect(conformance.types).toEqual(['CodeSystem', 'ValueSet']);
  expect(conformance.ofType('ValueSet').map(({ id }) => id)).toEqual(['a', 'b']);
  expect(conformance.artefact('ValueSet', 'b')?.url).toBe('u/b');
  expect(conformance.artefact('CodeSystem', 'b')).toBeUndefined();
  expect(conformance.ofType('Questionnaire')).toEqual([]);
});

test('passes over what is no conformance resource, or has no name at all', () => {
  const others = [null, 1, 'x', [], {}, at('Patient', 'a', 'u'), at('ValueSet', undefined)];
  expect(conformanceOf(others).types).toEqual([]);
});

test('a NamingSystem needs no url', () => {
  expect(conformanceOf([at('NamingSystem', 'course')]).artefact('NamingSystem', 'course')).toMatchObject({
    id: 'course',
  });
});

test('of two with one url the later one counts; an id that is taken, or is none, becomes another', () => {
  const conformance = conformanceOf([
    at('ValueSet', 'a', 'u/a', { title: 'first' }),
    at('ValueSet', 'a', 'u/b'),
    at('ValueSet', 'zq marker', 'u/c'),
    at('ValueSet', 'later', 'u/a', { title: 'second' }),
  ]);
  const found = conformance.ofType('ValueSet');
  expect(new Set(found.map(({ url }) => url))).toEqual(new Set(['u/a', 'u/b', 'u/c']));
  expect(found).toHaveLength(3);
  expect(found.find(({ url }) => url === 'u/a')).toMatchObject({ id: 'later', resource: { title: 'second' } });
  expect(found.find(({ url }) => url === 'u/b')?.id).toBe('a');
  expect(found.find(({ url }) => url === 'u/c')?.id).toMatch(/^[0-9a-f]{40}$/);
});

test('a version is that of the content', () => {
  const versionOf = (more: object): string | undefined =>
    conformanceOf([at('ValueSet', 'a', 'u', more)])
      .ofType('ValueSet')
      .map(versionIdOf)[0];
  expect(versionOf({})).toMatch(/^[0-9a-f]{16}$/);
  expect(versionOf({ title: '1' })).toBe(versionOf({ title: '1' }));
  expect(versionOf({ title: '1' })).not.toBe(versionOf({ title: '2' }));
});
