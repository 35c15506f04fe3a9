import type { Issue } from '../outcome/issue.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { bundleViewOf } from './bundle-view.ts';
import { bundleCheck } from './bundle.ts';
import { containedCheck } from './contained.ts';
import { extensionCheck } from './extensions.ts';
import { Invariants, type Fallback } from './invariants.ts';
import { knowledgeFaults, type Asked } from './knowledge-faults.ts';
import type { Knowledge } from './knowledge.ts';
import { libraryOf } from './library.ts';
import { identifierCheck } from './identifier.ts';
import { containedIdsCheck, elementIdCheck, resourceIdCheck } from './resource-id.ts';
import { primitiveCheck } from './primitive.ts';
import { Profiles } from './profiles.ts';
import { r4, r4Codes } from './r4.ts';
import { responseCheck } from './responses.ts';
import { absentCheck, boundCheck, codedCheck, membership } from './coded.ts';
import { terminologyOf } from './terminology/terminology-of.ts';
import { modelOf } from './r4-model.ts';
import { rangeCheck } from './range.ts';
import { canonicalCheck, referenceCheck, targetCheck } from './references.ts';
import { Run, type Check } from './run.ts';
import { Types } from './types.ts';
import { vitalSignProfile } from './vital-signs.ts';

export interface CheckOptions {
  /** Further profiles that the resource must conform to, by canonical. */
  readonly profiles?: readonly string[];
  /** Whether the profiles that resources claim count; they do unless this is false. */
  readonly claims?: boolean;
  /** Whether it is said what could not be looked up; it is unless this is false. */
  readonly notes?: boolean;
}

/** Says what is wrong with resources. */
export interface Checker {
  /** Every issue of a resource, in the order in which it is met; nothing received is in them. */
  check(resource: unknown, options?: CheckOptions): readonly Issue[];
  /** What is wrong with the definitions that it was made with, and what of them cannot be checked. */
  faults(): readonly Issue[];
}

export interface CheckerSettings {
  /** For invariants that the compiler does not know. */
  readonly fallback?: Fallback;
}

/** A profile as resources are held against it, with all that it is derived from. */
interface KnownProfile {
  readonly type: string;
  readonly url: string;
  readonly lineage: ReadonlySet<string>;
  readonly check: Check | undefined;
}

/** A checker of R4's own types, of HL7's vital signs, and of what else is known. */
export function checkerOf(
  knowledge: readonly Knowledge[],
  { fallback = () => undefined }: CheckerSettings = {},
): Checker {
  const library = libraryOf(
    r4,
    knowledge.map(({ definition }) => definition),
  );
  const codes = terminologyOf(r4Codes, {
    codeSystems: knowledge.flatMap(({ codeSystems }) => codeSystems),
    valueSets: knowledge.flatMap(({ valueSets }) => valueSets),
  });
  const questionnaires = knowledge.flatMap((one) => one.questionnaires);
  const model = modelOf(library);
  const invariants = new Invariants(model, fallback);
  const native: Readonly<Record<string, Check>> = {
    Extension: extensionCheck(library, model, (url) => profiles.of(url)),
    Reference: referenceCheck,
    Identifier: identifierCheck,
    Bundle: bundleCheck,
    QuestionnaireResponse: responseCheck(questionnaires, codes, r4Codes),
  };

  const types = new Types(library, {
    primitive: primitiveCheck,
    ofElement(element, type) {
      const checks: Check[] = [];
      if (isElementId(element.id)) checks.push(elementIdCheck);
      if (element.id !== 'CodeableConcept.coding') push(checks, codedCheck(type.code, element.rules?.binding, codes));
      if (type.code === 'canonical') checks.push(canonicalCheck);
      const { constraints = [] } = element.rules ?? {};
      for (const constraint of constraints)
        if (!isNative(constraint.key)) checks.push(invariants.of(constraint, type.code));
      if (type.code === 'Reference')
        push(
          checks,
          targetCheck(type.targets ?? [], library, (url) => profiles.of(url)),
        );
      for (const profile of type.profiles ?? []) if (type.code !== 'Extension') push(checks, profiles.of(profile));
      return sequence(checks);
    },
    absent: (element) => absentCheck(element.rules?.binding, codes),
    ofObject(element, type) {
      const checks: Check[] = [];
      const { constraints = [] } = element.rules ?? {};
      for (const constraint of constraints) if (!isNative(constraint.key)) checks.push(invariants.of(constraint, type));
      push(checks, native[type]);
      return checks;
    },
    resource: (value, run) => inner(value, run),
  });

  const profiles: Profiles = new Profiles(library, {
    constraint: (constraint, type) => invariants.of(constraint, type),
    binding: (binding, type) => boundCheck(type, binding, codes),
    range: rangeCheck,
    target: (targets) => targetCheck(targets, library, (url) => profiles.of(url)),
    bound: (set) => membership(set, codes),
  });

  const resourceTypes = new Map<unknown, boolean>();
  const isResource = (type: unknown): type is string => {
    let known = resourceTypes.get(type);
    if (known === undefined) {
      const definition = typeof type === 'string' ? library.type(type) : undefined;
      known = definition?.kind === 'resource' && !definition.abstract;
      if (definition !== undefined) resourceTypes.set(type, known);
    }
    return known;
  };

  /** A resource where it stands: its type, then every profile that is claimed, asked for, or follows from its code. */
  function inResource(resource: JsonObject, run: Run, asked: readonly string[]): void {
    const { resourceType } = resource;
    if (!isResource(resourceType)) {
      run.report('unknown-resource-type');
      return;
    }
    types.of(resourceType)?.(resource, run);
    resourceIdCheck(resource, run);
    if (resource['contained'] !== undefined) {
      containedIdsCheck(resource, run);
      containedCheck(resource, run);
    }
    const sign = resourceType === 'Observation' ? vitalSignProfile(resource) : undefined;
    if (sign !== undefined && !isCovered(sign, resource, run, asked)) profiles.of(sign)?.(resource, run);
    for (const profile of asked) inProfile(resource, profile, run);
    if (run.claims) claimed(resource, run);
  }

  /** Whether a profile that the resource is held against anyway is made of this one. */
  function isCovered(sign: string, { meta }: JsonObject, run: Run, asked: readonly string[]): boolean {
    if (asked.some((profile) => derives(profile, sign))) return true;
    const claims = run.claims && isJsonObject(meta) ? meta['profile'] : undefined;
    return Array.isArray(claims) && claims.some((claim) => typeof claim === 'string' && derives(claim, sign));
  }

  const derives = (profile: string, from: string): boolean => knownProfile(profile)?.lineage.has(from) === true;

  function lineageOf(profile: string): ReadonlySet<string> {
    const lineage = new Set<string>();
    let at: string | undefined = profile;
    while (at !== undefined && !lineage.has(at)) {
      lineage.add(at);
      at = library.definition(at)?.base;
    }
    return lineage;
  }

  function claimed(resource: JsonObject, run: Run): void {
    const claims = isJsonObject(resource['meta']) ? resource['meta']['profile'] : undefined;
    if (!Array.isArray(claims)) return;
    for (let index = 0; index < claims.length; index += 1) {
      const claim: unknown = claims[index];
      if (typeof claim !== 'string') continue;
      if (knownProfile(claim) === undefined) run.reportAt('meta.profile', index, 'profile-unknown');
      else inProfile(resource, claim, run);
    }
  }

  function inProfile(resource: JsonObject, canonical: string, run: Run): void {
    const profile = knownProfile(canonical);
    if (profile === undefined) run.report('profile-unknown');
    else if (profile.type !== resource['resourceType']) run.report('profile-of-other-type', { profile: profile.url });
    else profile.check?.(resource, run);
  }

  /** What is claimed may be any word: only what is known is remembered. */
  const known = new Map<string, KnownProfile>();
  function knownProfile(canonical: string): KnownProfile | undefined {
    const before = known.get(canonical);
    if (before !== undefined) return before;
    const definition = library.definition(canonical);
    if (definition === undefined) return undefined;
    const { type, url } = definition;
    const found = { type, url, lineage: lineageOf(canonical), check: profiles.of(canonical) };
    known.set(canonical, found);
    return found;
  }

  function inner(value: unknown, run: Run): void {
    if (!isJsonObject(value)) run.report('wrong-json-shape', { expected: 'object' });
    else run.within(value, run.name === 'contained', () => inResource(value, run, []));
  }

  const means: Asked = {
    library,
    codes,
    isChecked: (constraint, type) => isNative(constraint.key) || invariants.knows(constraint, type),
  };

  return {
    faults: () => knowledge.flatMap((one) => knowledgeFaults(one, means)),
    check(resource, { profiles: asked = [], claims = true, notes = true } = {}) {
      const run = new Run(claims, notes);
      if (!isJsonObject(resource)) {
        run.report('not-fhir');
        return run.issues;
      }
      const { resourceType } = resource;
      run.enter(isResource(resourceType) ? resourceType : 'Resource', -1);
      if (resourceType === 'Bundle') run.bundle = bundleViewOf(resource);
      run.within(resource, false, () => inResource(resource, run, asked));
      run.leave();
      return run.issues;
    },
  };

  // The ids of resources are something else: two of a Bundle may have the same. Those of ElementDefinitions stand in
  // snapshot and differential both.
  function isElementId(id: string): boolean {
    const [type = '', ...rest] = id.split('.');
    return (
      rest.at(-1) === 'id' &&
      type !== 'ElementDefinition' &&
      (rest.length > 1 || library.type(type)?.kind !== 'resource')
    );
  }
}

/** Rules that are checked without FHIRPath: contained.ts, references.ts, formats/narrative.ts. */
const isNative = (key: string): boolean => key === 'dom-3' || key === 'ref-1' || key === 'txt-1' || key === 'txt-2';

function push(into: Check[], check: Check | undefined): void {
  if (check !== undefined) into.push(check);
}

function sequence(checks: readonly Check[]): Check | undefined {
  const [first, second] = checks;
  if (second === undefined) return first;
  return (value, run) => {
    for (const check of checks) check(value, run);
  };
}
