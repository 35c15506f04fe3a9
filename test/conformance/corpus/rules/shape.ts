import { above, escaped, isList, isObject, isText, setTo, without, type Place, type Rule } from './places.ts';

const isRoot = ({ at }: Place): boolean => at === '';
const inObject = ({ holder, at }: Place): boolean => at !== '' && !isList(holder);

/** What is broken is the shape of the JSON, or how often something stands there. */
export const shapeRules: readonly Rule[] = [
  { name: 'dropped', of: (place) => (isRoot(place) ? undefined : without(place.at)) },
  {
    name: 'first-item-dropped',
    of: ({ at, value }) => (isList(value) && value.length > 0 ? without(`${at}/0`) : undefined),
  },
  {
    name: 'item-repeated',
    of: ({ at, value }) => (isList(value) ? setTo(`${at}/-`, value.at(-1) ?? null) : undefined),
  },
  {
    name: 'items-swapped',
    of: ({ at, value }) =>
      isList(value) && value.length > 1
        ? { set: { [`${at}/0`]: value.at(-1) ?? null, [`${at}/${value.length - 1}`]: value[0] ?? null } }
        : undefined,
  },
  {
    name: 'many-items',
    of: ({ at, value }) =>
      isList(value)
        ? setTo(
            at,
            Array.from({ length: 5 }, () => value[0] ?? null),
          )
        : undefined,
  },
  { name: 'unknown-property', of: ({ at, value }) => (isObject(value) ? setTo(`${at}/nowhere`, 'x') : undefined) },
  {
    name: 'unknown-object-property',
    of: ({ at, value }) => (isObject(value) ? setTo(`${at}/nowhere`, { text: 'x' }) : undefined),
  },
  {
    name: 'misspelt',
    of: (place) =>
      inObject(place) && place.name !== 'resourceType'
        ? { set: { [`${above(place.at)}/${escaped(place.name)}x`]: place.value }, drop: [place.at] }
        : undefined,
  },
  { name: 'in-a-list', of: ({ at, value }) => (at !== '' && !isList(value) ? setTo(at, [value]) : undefined) },
  { name: 'out-of-its-list', of: ({ at, value }) => (isList(value) ? setTo(at, value[0] ?? null) : undefined) },
  { name: 'to-text', of: ({ at, value }) => (at !== '' && !isText(value) ? setTo(at, 'x') : undefined) },
  { name: 'to-number', of: ({ at, value }) => (at !== '' && typeof value !== 'number' ? setTo(at, 1) : undefined) },
  {
    name: 'to-boolean',
    of: ({ at, value }) => (at !== '' && typeof value !== 'boolean' ? setTo(at, true) : undefined),
  },
  { name: 'to-object', of: ({ at, value }) => (at !== '' && !isObject(value) ? setTo(at, { text: 'x' }) : undefined) },
  { name: 'to-empty-object', of: ({ at }) => (at === '' ? undefined : setTo(at, {})) },
  { name: 'to-empty-list', of: ({ at }) => (at === '' ? undefined : setTo(at, [])) },
  { name: 'to-null', of: ({ at }) => (at === '' ? undefined : setTo(at, null)) },
  { name: 'to-empty-text', of: ({ at }) => (at === '' ? undefined : setTo(at, '')) },
  {
    name: 'beside-a-primitive',
    of: (place) =>
      inObject(place) && (isText(place.value) || typeof place.value === 'number') && place.name !== 'resourceType'
        ? [
            setTo(`${above(place.at)}/_${place.name}`, { id: 'x' }),
            setTo(`${above(place.at)}/_${place.name}`, {}),
            setTo(`${above(place.at)}/_${place.name}`, 'x'),
            setTo(`${above(place.at)}/_${place.name}`, [{ id: 'x' }]),
            {
              set: { [`${above(place.at)}/_${place.name}`]: { extension: [absent] } },
              drop: [place.at],
            },
          ]
        : undefined,
  },
  {
    name: 'grafted',
    of: ({ at, value }, resource) =>
      isObject(value) && at !== ''
        ? Object.entries(resource)
            .filter(([name]) => !(name in value) && name !== 'resourceType')
            .map(([name, graft]) => setTo(`${at}/${escaped(name)}`, graft))
        : undefined,
  },
  {
    name: 'element-id-twice',
    of: ({ at, value }, resource) =>
      isObject(value) && at !== '' && isObject(resource['code'] ?? null)
        ? { set: { [`${at}/id`]: 'same', '/code/id': 'same' } }
        : undefined,
  },
];

const absent = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' };
