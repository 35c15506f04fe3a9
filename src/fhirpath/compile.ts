import { compileSyntax } from './compile-syntax.ts';
import { truthOf } from './items.ts';
import type { Expression, Invariant, Item, Model, Surroundings } from './model.ts';
import { parse } from './parse.ts';
import { NoAnswer, scopeOf } from './scope.ts';
import { shapesOf, type Shapes } from './shapes.ts';
import { NotKnown } from './syntax.ts';
import type { Compiled, Types } from './compiled.ts';

/**
 * An invariant for focuses of this type ('Resource' where the focus says it); undefined where the compiler does not
 * know the expression. What holds is read as HL7's validator reads it: true, or any items that are no Boolean. An empty
 * collection does not hold, and an evaluation that FHIRPath calls an error neither. What is beyond the compiler only
 * when it meets the data (units to convert) holds: nobody is accused of what was not looked at. A name that the type
 * does not have means nothing, as R4's own invariants have some.
 */
export function compileInvariant(expression: string, type: string, model: Model): Invariant | undefined {
  const shapes = shapesOf(model);
  const compiled = compiledOf(expression, type, shapes, true);
  if (compiled === undefined) return undefined;
  const isDynamic = typesOf(type) === undefined;
  return (focus, around) => {
    try {
      const item: Item = { type: isDynamic ? shapes.resourceType(focus) : type, value: focus ?? undefined };
      return holds(compiled, item, around);
    } catch (error) {
      return error instanceof NoAnswer && !error.isError;
    }
  };
}

function holds(compiled: Compiled, item: Item, around: Surroundings): boolean {
  const scope = scopeOf(item, around);
  if (compiled.types?.length === 1 && compiled.types[0] === 'System.Boolean') {
    return compiled.truth(item, scope) === true;
  }
  const items = compiled.items(item, scope);
  return items.length > 1 || truthOf(items) === true;
}

/** Any expression, for focuses of this type; undefined where the compiler does not know it. */
export function compileExpression(expression: string, type: string, model: Model): Expression | undefined {
  const shapes = shapesOf(model);
  const compiled = compiledOf(expression, type, shapes, false);
  if (compiled === undefined) return undefined;
  const isDynamic = typesOf(type) === undefined;
  return (focus, around) => {
    try {
      const item: Item = { type: isDynamic ? shapes.resourceType(focus) : type, value: focus ?? undefined };
      return compiled.items(item, scopeOf(item, around));
    } catch {
      return undefined;
    }
  };
}

function compiledOf(expression: string, type: string, shapes: Shapes, isLenient: boolean): Compiled | undefined {
  try {
    return compileSyntax(parse(expression), typesOf(type), shapes, isLenient);
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

/** A resource of no type in particular says its own. */
const typesOf = (type: string): Types => (type === 'Resource' || type === 'DomainResource' ? undefined : [type]);
