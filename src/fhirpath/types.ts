import { giving, telling, type Compiled, type Compiler, type Types } from './compiled.ts';
import { none, single } from './items.ts';
import { isPrimitive } from './kinds.ts';
import type { Item } from './model.ts';
import type { Shapes } from './shapes.ts';
import { NotKnown, type Syntax } from './syntax.ts';

const systemTypes = new Set(['Boolean', 'String', 'Integer', 'Decimal', 'Date', 'DateTime', 'Time', 'Quantity', 'Any']);

type Matches = (item: Item) => boolean;

/** Whether an item is of the type that an expression names; throws NotKnown where nobody knows that type. */
function matcherOf(shapes: Shapes, name: string): { matches: Matches; type: string } {
  const [space, own] = name.includes('.') ? (name.split('.', 2) as [string, string]) : ['', name];
  if (name.split('.').length > 2 || !['', 'FHIR', 'System'].includes(space)) throw new NotKnown('no such type');
  const inFhir = space !== 'System' && shapes.isType(own);
  const inSystem = space !== 'FHIR' && systemTypes.has(own) && own !== 'Any';
  if (!inFhir && !inSystem) throw new NotKnown('no such type');
  const known = new Map<string, boolean>();
  const matches = ({ type }: Item): boolean => {
    let is = known.get(type);
    if (is === undefined) {
      is = type.startsWith('System.') ? inSystem && type.slice(7) === own : inFhir && shapes.isSubtype(type, own);
      known.set(type, is);
    }
    return is;
  };
  return { matches, type: inFhir ? own : `System.${own}` };
}

/** `input is Type`; `input.is(Type)`. */
export function compileIs(shapes: Shapes, input: Compiled, name: string): Compiled {
  const { matches } = matcherOf(shapes, name);
  return telling((self, scope) => {
    const item = single(input.items(self, scope));
    return item === undefined ? undefined : matches(item);
  });
}

/** `input as Type`, in an invariant of a list too, as R4's own are written. */
export function compileAs({ shapes, isLenient }: Compiler, input: Compiled, name: string): Compiled {
  const ofType = compileOfType(shapes, input, name);
  if (isLenient) return ofType;
  const one = giving(input.types, (self, scope) => {
    const items = input.items(self, scope);
    return single(items) === undefined ? none : items;
  });
  return compileOfType(shapes, one, name);
}

/** `input.ofType(Type)`. Of primitives it takes those of that very type: a code is no string here. */
export function compileOfType(shapes: Shapes, input: Compiled, name: string): Compiled {
  const { matches: is, type } = matcherOf(shapes, name);
  const matches: Matches = isPrimitive(type) ? (item) => item.type === type : is;
  return giving(
    narrowed(shapes, input.types, type, matches),
    (self, scope) => {
      const items = input.items(self, scope);
      return items.every(matches) ? items : items.filter(matches);
    },
    (self, scope) => input.items(self, scope).some(matches),
  );
}

function narrowed(shapes: Shapes, types: Types, type: string, matches: Matches): Types {
  if (types !== undefined) return types.filter((one) => matches({ type: one, value: undefined }));
  return shapes.isSubtype(type, 'Resource') || type === 'Element' || type === 'BackboneElement' ? undefined : [type];
}

/** The type that an argument names: `Quantity`, `FHIR.Quantity`. */
export function typeNameOf(syntax: Syntax): string {
  if (syntax.kind !== 'member') throw new NotKnown('no name of a type');
  return syntax.on === undefined ? syntax.name : `${typeNameOf(syntax.on)}.${syntax.name}`;
}
