import { constant, givingOne, type Compiled } from './compiled.ts';
import { textItem } from './items.ts';
import type { Item } from './model.ts';
import type { Shapes } from './shapes.ts';
import { NotKnown } from './syntax.ts';

/** FHIR's own constants. https://hl7.org/fhir/R4/fhirpath.html#variables */
const constants: Readonly<Record<string, string>> = {
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
};

/** What stands behind `%name`. */
export function compileVariable(name: string, shapes: Shapes): Compiled {
  const text = textOf(name);
  if (text !== undefined) return constant(['System.String'], [textItem(text)]);
  const resource = (value: unknown): Item | undefined =>
    typeof value === 'object' && value !== null ? { type: shapes.resourceType(value), value } : undefined;
  if (name === 'resource') return givingOne(undefined, (_, { around }) => resource(around.resource));
  if (name === 'rootResource') return givingOne(undefined, (_, { around }) => resource(around.rootResource));
  if (name === 'context') return givingOne(undefined, (_, { context }) => context);
  throw new NotKnown('no such variable');
}

function textOf(name: string): string | undefined {
  if (Object.hasOwn(constants, name)) return constants[name];
  if (name.startsWith('vs-')) return `http://hl7.org/fhir/ValueSet/${name.slice(3)}`;
  if (name.startsWith('ext-')) return `http://hl7.org/fhir/StructureDefinition/${name.slice(4)}`;
  return undefined;
}
