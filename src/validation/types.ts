import type { ElementDefinition, TypeReference } from './definition.ts';
import { choiceName } from './choice-name.ts';
import type { Library } from './library.ts';
import type { Check } from './run.ts';
import { checkObject, type Property, type Requirement, type Shape } from './shape.ts';
import { treeOf, type Node, type Tree } from './tree.ts';

/** What the types need of the rest of the checker. */
export interface TypeRules {
  /** The format of a primitive. */
  primitive(type: string): Check;
  /** What an element's definition asks of a value of this type beyond its shape; undefined where it asks nothing. */
  ofElement(element: ElementDefinition, type: TypeReference): Check | undefined;
  /** What is wrong where a primitive has no value, only what is said about it. */
  absent(element: ElementDefinition): Check | undefined;
  /** What an object must satisfy as a whole. The type of a backbone element is its path. */
  ofObject(element: ElementDefinition, type: string): readonly Check[];
  /** A resource in another: contained, or an entry's. */
  readonly resource: Check;
}

/** FHIR's types as checks of shape, each compiled when its first value comes. */
export class Types {
  readonly #library: Library;
  readonly #rules: TypeRules;
  readonly #checks = new Map<string, Check>();

  constructor(library: Library, rules: TypeRules) {
    this.#library = library;
    this.#rules = rules;
  }

  /** The check of a type by name; undefined where R4 has no such type. */
  of(type: string): Check | undefined {
    const known = this.#checks.get(type);
    if (known !== undefined) return known;
    const definition = this.#library.type(type);
    if (definition === undefined) return undefined;
    const tree = treeOf(definition);
    const check =
      definition.kind === 'primitive-type'
        ? this.#rules.primitive(type)
        : this.#objects(tree, tree.root, definition.kind === 'resource');
    this.#checks.set(type, check);
    return check;
  }

  /** Types refer to each other in circles, and most are never met. */
  #objects(tree: Tree, node: Node, isResource: boolean): Check {
    let shape: Shape | undefined;
    return (value, run) => checkObject((shape ??= this.#shapeOf(tree, node, isResource)), value, run);
  }

  #shapeOf(tree: Tree, node: Node, isResource: boolean): Shape {
    const properties = new Map<string, Property>();
    const required: Requirement[] = [];
    let choices = 0;
    for (const child of node.children) {
      const choiceOf = child.name.endsWith('[x]') ? child.name.slice(0, -3) : undefined;
      const choice = choiceOf === undefined ? 0 : 1 << choices++;
      const needed = child.element.min > 0 ? 1 << required.length : 0;
      const names: string[] = [];
      for (const type of typesOf(child)) {
        const name = choiceOf === undefined ? child.name : choiceName(choiceOf, type.code);
        const segment = choiceOf === undefined ? child.name : `${choiceOf}.ofType(${type.code})`;
        names.push(name);
        properties.set(name, this.#propertyOf(tree, child, type, segment, { choice, needed }));
      }
      if (child.element.min > 0) required.push({ element: child.name, names, min: child.element.min });
    }
    return {
      properties,
      required,
      allNeeded: 2 ** required.length - 1,
      checks: this.#rules.ofObject(node.element, node.element.id),
      isResource,
    };
  }

  #propertyOf(tree: Tree, node: Node, type: TypeReference, segment: string, bits: Bits): Property {
    const isPrimitive = this.#library.type(type.code)?.kind === 'primitive-type';
    const { max } = node.element;
    return {
      segment,
      ...bits,
      many: max > 1,
      max,
      check: this.#checkOf(tree, node, type),
      sibling: isPrimitive ? this.of('Element') : undefined,
      absent: isPrimitive ? this.#rules.absent(node.element) : undefined,
    };
  }

  #checkOf(tree: Tree, node: Node, type: TypeReference): Check {
    const content = node.element.rules?.content;
    if (content !== undefined) return this.#objects(tree, tree.byId.get(content) ?? node, false);
    if (node.children.length > 0) return this.#objects(tree, node, false);
    if (type.code === 'Resource') return this.#rules.resource;
    const check = this.of(type.code) ?? unknownType;
    const further = this.#rules.ofElement(node.element, type);
    if (further === undefined) return check;
    return (value, run) => {
      check(value, run);
      further(value, run);
    };
  }
}

type Bits = Pick<Property, 'choice' | 'needed'>;

/** An element that shares the definition of another states no type. */
const typesOf = ({ element }: Node): readonly TypeReference[] =>
  element.rules?.content === undefined ? element.types : [{ code: 'BackboneElement' }];

const unknownType: Check = (_, run) => run.report('not-checked');
