import { isList, isObject, setTo, without, type Rule } from './places.ts';

const urn = 'urn:uuid:6f0c3d0e-0000-4000-8000-000000000009';

/** What is broken is the Bundle around resources. */
export const bundleRules: readonly Rule[] = [
  {
    name: 'entry',
    of: ({ at, value, name, holder }) =>
      name === 'entry' && isObject(value) && isList(holder)
        ? [
            without(`${at}/fullUrl`),
            setTo(`${at}/fullUrl`, urn),
            setTo(`${at}/fullUrl`, 'https://other.example.org/fhir/Patient/other'),
            setTo(`${at}/fullUrl`, 'Patient/other'),
            setTo(`${at}/fullUrl`, (holder[0] as { fullUrl?: string }).fullUrl ?? urn),
            setTo(`${at}/request`, { method: 'PUT', url: 'Patient/x' }),
            setTo(`${at}/request`, { method: 'FETCH', url: 'Patient/x' }),
            setTo(`${at}/response`, { status: '200' }),
            setTo(`${at}/search`, { mode: 'match' }),
            setTo(`${at}/resource`, { resourceType: 'Basic', code: { text: 'x' } }),
            setTo(`${at}/resource/id`, 'other'),
            without(`${at}/resource`),
            without(at),
          ]
        : undefined,
  },
  {
    name: 'bundle',
    of: ({ at, value }) =>
      at === '' && isObject(value) && value['resourceType'] === 'Bundle'
        ? [
            ...['collection', 'batch', 'transaction', 'searchset', 'history', 'document', 'message', 'x'].map((type) =>
              setTo('/type', type),
            ),
            setTo('/total', 5),
            setTo('/timestamp', '2026-01-02'),
            setTo('/identifier', { system: 'urn:ietf:rfc:3986', value: urn }),
          ]
        : undefined,
  },
];
