import type { Case } from './cases.ts';

/** Resources whose checking could take more than their size: each kind at ten times the size again and again. */
export function* growing(): Generator<Case> {
  for (const size of [10, 100, 1000, 10_000]) {
    for (const [name, make] of Object.entries(kinds)) {
      yield { name: `${name} of ${size}`, text: JSON.stringify(make(size)) };
    }
  }
}

const many = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index));

const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
const coding = (index: number): object => ({ system: 'https://a.example.org', code: String(index) });
const uuid = (index: number): string => `urn:uuid:6f0c3d0e-0000-4000-8000-${String(index).padStart(12, '0')}`;

const kinds: Readonly<Record<string, (size: number) => object>> = {
  codings: (size) => ({ ...observation, code: { coding: many(size, coding) } }),
  components: (size) => ({
    ...observation,
    valueString: 'x',
    component: many(size, (index) => ({ code: { coding: [coding(index)] }, valueInteger: index })),
  }),
  'contained resources': (size) => ({
    ...observation,
    contained: many(size, (index) => ({ resourceType: 'Patient', id: `p${index}` })),
    focus: many(size, (index) => ({ reference: `#p${index}` })),
  }),
  extensions: (size) => ({
    ...observation,
    extension: many(size, (index) => ({ url: `https://a.example.org/${index}` })),
  }),
  entries: (size) => ({
    resourceType: 'Bundle',
    type: 'collection',
    entry: many(size, (index) => ({
      fullUrl: uuid(index),
      resource: { ...observation, hasMember: [{ reference: uuid((index + 1) % size) }] },
    })),
  }),
  document: (size) => ({
    resourceType: 'Bundle',
    type: 'document',
    timestamp: '2026-01-02T10:00:00Z',
    identifier: { system: 'https://a.example.org', value: 'x' },
    entry: [
      {
        fullUrl: uuid(0),
        resource: {
          resourceType: 'Composition',
          status: 'final',
          type: { text: 'x' },
          date: '2026-01-02',
          title: 'x',
          author: [{ reference: uuid(1) }],
        },
      },
      ...many(size, (index) => ({
        fullUrl: uuid(index + 1),
        resource: { ...observation, hasMember: [{ reference: uuid(index + 2) }] },
      })),
    ],
  }),
  answers: (size) => ({
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    questionnaire: 'https://w3id.org/coursebridge/Questionnaire/phq9',
    item: many(size, (index) => ({ linkId: String(index % 12), answer: [{ valueInteger: index }] })),
  }),
  narrative: (size) => ({
    ...observation,
    text: {
      status: 'generated',
      div: `<div xmlns="http://www.w3.org/1999/xhtml">${'<p>&amp;<b>'.repeat(size)}${'</b></p>'.repeat(size)}</div>`,
    },
  }),
  text: (size) => ({ ...observation, note: [{ text: ' <'.repeat(size) }] }),
  questions: (size) => ({
    resourceType: 'Questionnaire',
    status: 'active',
    item: many(size, (index) => ({ linkId: String(index), type: 'string' })),
  }),
};
