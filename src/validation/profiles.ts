import { isJsonObject } from '../json/json.ts';
import type { Binding, Constraint, Definition, ElementDefinition, Rules, TypeReference } from './definition.ts';
import { choiceName } from './choice-name.ts';
import { demandsCheck, type Demand, type DemandedName } from './demands.ts';
import type { Judged } from './discriminators.ts';
import type { Library } from './library.ts';
import type { Check } from './run.ts';
import { elementNames } from './element-names.ts';
import { fixedFaults, hasPattern } from './same.ts';
import { slicesCheck } from './slicing.ts';
import { treeOf, type Node, type Slice, type Tree } from './tree.ts';

/** What the profiles need of the rest of the checker. */
export interface ProfileRules {
  constraint(constraint: Constraint, type: string): Check;
  binding(binding: Binding, type: string): Check | undefined;
  /** Least, greatest, longest. */
  range(rules: Rules): Check | undefined;
  target(targets: readonly string[]): Check | undefined;
  bound(set: string): ((value: unknown) => boolean) | undefined;
}

/** Where a node stands in FHIR's own types: what is said there is checked already. */
interface Ground {
  readonly tree: Tree;
  readonly node: Node;
}

/**
 * Profiles as checks of what they add to the types they constrain, each compiled when it is first asked for. What does
 * not differ from the type is left out, so that a profile costs what it demands.
 */
export class Profiles {
  readonly #library: Library;
  readonly #rules: ProfileRules;
  readonly #checks = new Map<string, Check | undefined>();
  readonly #judged: Judged;

  constructor(library: Library, rules: ProfileRules) {
    this.#library = library;
    this.#rules = rules;
    this.#judged = { library, profile: (canonical) => this.of(canonical), bound: (set) => rules.bound(set) };
  }

  /** The check of a profile; undefined where there is none of this canonical. */
  of(canonical: string): Check | undefined {
    if (this.#checks.has(canonical)) return this.#checks.get(canonical);
    const definition = this.#library.definition(canonical);
    if (definition === undefined) return undefined;
    let compiled: Check | undefined;
    const plain: Check = (value, run) => (compiled ??= this.#compile(definition))(value, run);
    const check = definition.kind === 'resource' ? inItsOwn(plain) : plain;
    this.#checks.set(canonical, check);
    return check;
  }

  #compile(definition: Definition): Check {
    const tree = treeOf(definition);
    const type = this.#library.type(definition.type);
    const ground = type && treeOf(type);
    return (
      all(
        this.#valueChecks(tree.root, ground && { tree: ground, node: ground.root }, { code: definition.type }, tree),
      ) ?? nothing
    );
  }

  /** What one value of an element must satisfy beyond its type. */
  #valueChecks(node: Node, ground: Ground | undefined, type: TypeReference, tree: Tree): Check[] {
    const rules = node.element.rules ?? {};
    const before = ground?.node.element.rules ?? {};
    const checks: (Check | undefined)[] = [];
    const { fixed, pattern, binding, constraints = [] } = rules;
    if (fixed !== undefined && before.fixed === undefined) {
      const names = elementNames(type.code, this.#library);
      checks.push((value, run) => fixedFaults(value, fixed, names, run));
    }
    if (pattern !== undefined) {
      checks.push((value, run) => hasPattern(value, pattern) || run.report('not-the-pattern'));
    }
    if (binding && (binding.set !== before.binding?.set || binding.strength !== before.binding.strength)) {
      checks.push(this.#rules.binding(binding, type.code));
    }
    checks.push(this.#rules.range(rules));
    const known = new Set((before.constraints ?? []).map(({ key }) => key));
    const typeKnown = this.#library.type(type.code);
    for (const { key } of (typeKnown && treeOf(typeKnown).root.element.rules?.constraints) ?? []) known.add(key);
    const name = ground !== undefined && ground.node.children.length > 0 ? ground.node.element.id : type.code;
    for (const constraint of constraints) {
      if (!known.has(constraint.key)) checks.push(this.#rules.constraint(constraint, name));
    }
    checks.push(this.#typeProfiles(type, ground?.node.element), this.#targets(type, ground?.node.element));
    const demands = node.children
      .map((child) => this.#demand(child, ground, type, tree))
      .filter((demand) => demand !== undefined);
    if (demands.length > 0) checks.push(demandsCheck(demands));
    return checks.filter((check) => check !== undefined);
  }

  #typeProfiles({ code, profiles = [] }: TypeReference, before: ElementDefinition | undefined): Check | undefined {
    const known = before?.types.find((type) => type.code === code)?.profiles;
    if (profiles.length === 0 || profiles.join() === known?.join()) return undefined;
    // An extension is checked by its url wherever it stands.
    if (code === 'Extension') return undefined;
    const checks = profiles.map((profile) => this.of(profile) ?? notChecked);
    const [first] = checks;
    if (checks.length === 1) return first;
    return (value, run) => {
      if (!checks.some((check) => run.passes(check, value))) first?.(value, run);
    };
  }

  #targets({ code, targets = [] }: TypeReference, before: ElementDefinition | undefined): Check | undefined {
    const known = before?.types.find((type) => type.code === code)?.targets ?? [];
    if (code !== 'Reference' || targets.length === 0 || targets.join() === known.join()) return undefined;
    return this.#rules.target(targets);
  }

  /** What an object must hold of an element; undefined where the type says as much. */
  #demand(child: Node, parent: Ground | undefined, parentType: TypeReference, tree: Tree): Demand | undefined {
    const ground = this.#groundOf(child, parent, parentType);
    const before = ground?.node.element;
    const { element } = child;
    const types = element.types.length > 0 ? element.types : [{ code: 'BackboneElement' }];
    const codes = (before === undefined || before.types.length === 0 ? types : before.types).map(({ code }) => code);
    const choiceOf = ground?.node.name.endsWith('[x]') === true ? ground.node.name.slice(0, -3) : undefined;
    const fault = types.length > 1 || child.element.id === 'Extension.value[x]' ? 'at-parent' : 'at-value';
    const names = [...new Set(codes)].map((code): DemandedName => {
      const own = types.filter((type) => type.code === code);
      return {
        json: choiceOf === undefined ? child.name : choiceName(choiceOf, code),
        segment: choiceOf === undefined ? child.name : `${choiceOf}.ofType(${code})`,
        type: code,
        fault: own.length > 0 || code === 'Resource' ? undefined : fault,
        check:
          code === 'Resource'
            ? this.#resourceCheck(child, ground, types, tree)
            : all(own.flatMap((type) => this.#valueChecks(child, ground, type, tree))),
      };
    });
    const demand: Demand = {
      name: child.name,
      min: element.min > (before?.min ?? 0) ? element.min : 0,
      max: element.max < (before?.max ?? Infinity) ? element.max : Infinity,
      many: (before?.max ?? element.max) > 1,
      names,
      slices: this.#slices(child, ground, types, tree),
    };
    const isMore = demand.min > 0 || demand.max < Infinity || demand.slices !== undefined;
    return isMore || names.some((name) => name.fault !== undefined || name.check !== undefined) ? demand : undefined;
  }

  /** A resource in another, whose type the JSON says and not the name of the element. */
  #resourceCheck(
    child: Node,
    ground: Ground | undefined,
    types: readonly TypeReference[],
    tree: Tree,
  ): Check | undefined {
    if (types.some(({ code, profiles = [] }) => code === 'Resource' && profiles.length === 0)) {
      return all(this.#valueChecks(child, ground, { code: 'Resource' }, tree));
    }
    const checks = new Map(
      types.map((type) => [type.code, all(this.#valueChecks(child, ground, type, tree)) ?? nothing]),
    );
    return (value, run) => {
      const type = isJsonObject(value) ? value['resourceType'] : undefined;
      const check = typeof type === 'string' ? checks.get(type) : undefined;
      if (check === undefined) run.report('type-not-allowed');
      else check(value, run);
    };
  }

  #slices(child: Node, ground: Ground | undefined, types: readonly TypeReference[], tree: Tree) {
    const { slicing } = child.element.rules ?? {};
    if (slicing === undefined || child.slices.length === 0) return undefined;
    return slicesCheck(child.slices, slicing, this.#judged, (slice) => this.#sliceCheck(slice, ground, types, tree));
  }

  #sliceCheck(
    slice: Slice,
    ground: Ground | undefined,
    types: readonly TypeReference[],
    tree: Tree,
  ): Check | undefined {
    const own = slice.element.types.length > 0 ? slice.element.types : types;
    const [type] = own;
    if (type === undefined) return undefined;
    const checks = this.#valueChecks(slice, ground, type, tree);
    return all(checks);
  }

  /** The element of FHIR's own types that this one constrains. */
  #groundOf(child: Node, parent: Ground | undefined, parentType: TypeReference): Ground | undefined {
    const within = parent && this.#ownChildren(parent, parentType);
    const node = within?.node.children.find(
      ({ name }) => name === child.name || (name.endsWith('[x]') && isOneOf(child.name, name)),
    );
    return within && node && { tree: within.tree, node };
  }

  #ownChildren({ tree, node }: Ground, type: TypeReference): Ground | undefined {
    if (node.children.length > 0) return { tree, node };
    const content = node.element.rules?.content;
    const shared = content === undefined ? undefined : tree.byId.get(content);
    if (shared !== undefined) return { tree, node: shared };
    const definition = this.#library.type(type.code);
    const other = definition && treeOf(definition);
    return other && { tree: other, node: other.root };
  }
}

/** Whether `valueQuantity` is a name of `value[x]`. */
const isOneOf = (name: string, choice: string): boolean => {
  const prefix = choice.slice(0, -3);
  return name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length));
};

/** A resource that is looked at from outside: of an entry, of a reference. Its rules are about itself. */
const inItsOwn =
  (check: Check): Check =>
  (value, run) => {
    if (value === run.resource || !isJsonObject(value)) check(value, run);
    else run.within(value, false, () => check(value, run));
  };

const nothing: Check = () => undefined;
const notChecked: Check = (_, run) => run.report('not-checked');

function all(checks: readonly Check[]): Check | undefined {
  const [first, second] = checks;
  if (second === undefined) return first;
  return (value, run) => {
    for (const check of checks) check(value, run);
  };
}
