import type { Issue } from '../outcome/issue.ts';
import type { Constraint, Definition, ElementDefinition } from './definition.ts';
import type { Knowledge } from './knowledge.ts';
import type { Library } from './library.ts';
import type { Terminology } from './terminology/terminology.ts';
import { treeOf } from './tree.ts';

/** What there is to ask of definitions. */
export interface Asked {
  readonly library: Library;
  readonly codes: Terminology;
  /** Whether an invariant can be checked. */
  readonly isChecked: (constraint: Constraint, type: string) => boolean;
}

/**
 * What is wrong with definitions, and what of them cannot be checked here. `at` is the element's id, the facts say of which
 * definition. They are no patient's data: a package is published.
 */
export function knowledgeFaults({ definitions, unread }: Knowledge, asked: Asked): Issue[] {
  return [
    ...unread.map((url): Issue => ({
      code: 'definition-unreadable',
      at: 'StructureDefinition',
      facts: { definition: url },
    })),
    ...definitions.flatMap((definition) => definitionFaults(definition, asked)),
  ];
}

function definitionFaults(definition: Definition, asked: Asked): Issue[] {
  const { url, base } = definition;
  const faults: Issue[] = [];
  const say = (code: Issue['code'], at: string, facts: Issue['facts'] = {}): void =>
    void faults.push({ code, at, facts: { definition: url, ...facts } });
  const lineage = new Set([url]);
  for (let at = base; at !== undefined; at = asked.library.definition(at)?.base) {
    if (lineage.has(at)) {
      say('definition-cyclic', 'StructureDefinition');
      break;
    }
    lineage.add(at);
    if (asked.library.definition(at) === undefined) say('definition-unknown', 'StructureDefinition', { canonical: at });
  }
  if (asked.library.type(definition.type) === undefined && definition.kind !== 'logical') {
    say('definition-contradictory', 'StructureDefinition', { type: definition.type });
    return faults;
  }
  for (const element of definition.elements) elementFaults(definition, element, asked, say);
  return faults;
}

type Say = (code: Issue['code'], at: string, facts?: Issue['facts']) => void;

function elementFaults(definition: Definition, element: ElementDefinition, asked: Asked, say: Say): void {
  const { id, min, max, types, rules } = element;
  const before = groundOf(definition, id, asked.library);
  if (min > max || (before !== undefined && (max > before.max || min > before.max))) {
    say('definition-contradictory', id, { min, max: max === Infinity ? '*' : max });
  }
  for (const { code, profiles = [], targets = [] } of types) {
    if (before !== undefined && before.types.length > 0 && !allows(before, code, asked.library)) {
      say('definition-contradictory', id, { type: code });
    }
    for (const canonical of [...profiles, ...targets]) {
      if (asked.library.definition(canonical) === undefined) say('definition-unknown', id, { canonical });
    }
  }
  const set = rules?.binding?.set;
  if (set !== undefined && rules?.binding?.strength !== 'preferred' && set !== before?.rules?.binding?.set) {
    const codes = asked.codes.set(set);
    // A code that nobody can have decides whether all codes of the set are known.
    if (codes === undefined || codes.has('urn:x', '\u0000') === 'unknown')
      say('value-set-not-expanded', id, { valueSet: set });
  }
  const known = new Set(before?.rules?.constraints?.map(({ key }) => key));
  for (const constraint of rules?.constraints ?? []) {
    if (known.has(constraint.key) || asked.isChecked(constraint, typeOf(element, definition))) continue;
    say('invariant-not-compiled', id, { rule: constraint.key });
  }
}

/** A backbone element's type is its path. */
function typeOf({ id, types }: ElementDefinition, { type }: Definition): string {
  const code = types[0]?.code ?? type;
  return code === 'BackboneElement' || code === 'Element' ? withoutSlices(id) : code;
}

const withoutSlices = (id: string): string => id.replaceAll(/:[^.]+/g, '');

/** The element of R4's own type with the same path, slices apart. */
function groundOf({ type }: Definition, id: string, library: Library): ElementDefinition | undefined {
  const own = library.type(type);
  return own && treeOf(own).byId.get(withoutSlices(id))?.element;
}

const allows = ({ types }: ElementDefinition, code: string, library: Library): boolean =>
  types.some(
    (type) =>
      type.code === code || type.code === 'Resource' || library.type(code)?.base?.endsWith(`/${type.code}`) === true,
  );
