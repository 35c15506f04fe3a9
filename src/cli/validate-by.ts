import { resolve } from 'node:path';
import type { Definitions } from '../definitions/definitions.ts';
import type { JsonObject } from '../json/json.ts';
import { severityOf, type Issue } from '../outcome/issue.ts';
import type { Checker } from '../validation/checker.ts';
import type { Fallback } from '../validation/invariants.ts';
import type { Knowledge } from '../validation/knowledge.ts';
import { UsageFault } from './inputs.ts';
import type { Terminal } from './terminal.ts';

/** What `validate` was told to judge resources by. */
export interface JudgedBy {
  /** FHIR packages: files, relative to the folder of whoever called us. */
  readonly packages: readonly string[];
  readonly profiles: readonly string[];
  readonly callerFolder: string;
}

/**
 * The checker of what we ship and of what packages add; what is wrong with these is said. Throws a UsageFault for a file
 * that is no package, and for a profile that nobody knows.
 */
export async function checkerBy(judged: JudgedBy, definitions: Definitions, terminal: Terminal): Promise<Checker> {
  const { packages, profiles, callerFolder } = judged;
  const added: Knowledge[] = [];
  for (const name of packages) added.push(await packageIn(name, callerFolder, terminal));
  const { checkerFor } = await import('../validation/checker-for.ts');
  const checker = checkerFor(definitions, added, added.length === 0 ? {} : { fallback: await otherEngine() });
  if (added.length > 0) terminal.issues('packages', checker.faults());
  const unknown = profiles.filter((profile) => !knows(checker, profile));
  if (unknown.length > 0) throw new UsageFault(unknown.map((one) => `No profile is known as ${one}.`).join('\n'));
  return checker;
}

/** The fhirpath package, for rules of packages that our compiler does not know. */
async function otherEngine(): Promise<Fallback> {
  const { loadFallback } = await import('../fhirpath/fallback.ts');
  const engine = await loadFallback();
  return (expression, type) => engine.invariant(expression, type);
}

async function packageIn(name: string, callerFolder: string, terminal: Terminal): Promise<Knowledge> {
  const [{ readPackage }, { knowledgeIn }] = await Promise.all([
    import('./package-file.ts'),
    import('../validation/knowledge.ts'),
  ]);
  const { resources, issues } = await readPackage(resolve(callerFolder, name));
  terminal.issues(name, issues);
  if (issues.some(isError)) throw new UsageFault(`${name} cannot be used as a FHIR package.`);
  return knowledgeIn(resources);
}

const isError = (issue: Issue): boolean => severityOf(issue) === 'error';

/** Whether a profile is there to be asked for. */
const knows = (checker: Checker, profile: string): boolean =>
  checker.check(nothing, { profiles: [profile], notes: false }).every(({ code }) => code !== 'profile-unknown');

const nothing: JsonObject = { resourceType: 'Basic' };
