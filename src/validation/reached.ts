import { isJsonObject } from '../json/json.ts';
import type { Step } from './discriminator-path.ts';
import type { Run } from './run.ts';

/** A value that a discriminator's path leads to, with its type where the path or the JSON tells it. */
export interface Reached {
  readonly value: unknown;
  readonly type: string | undefined;
}

/** What a path leads to from a value. */
export function reachedFrom(from: Reached, steps: readonly Step[], run: Run): readonly Reached[] {
  let reached: readonly Reached[] = [from];
  for (const step of steps) reached = reached.flatMap((one) => stepFrom(one, step, run));
  return reached;
}

function stepFrom({ value, type }: Reached, step: Step, run: Run): readonly Reached[] {
  switch (step.kind) {
    case 'child':
      return isJsonObject(value) ? childrenOf(value, step.name) : [];
    case 'type':
      return type === undefined || type === step.type ? [{ value, type: step.type }] : [];
    case 'extension':
      return isJsonObject(value)
        ? childrenOf(value, 'extension').filter(({ value: one }) => isJsonObject(one) && one['url'] === step.url)
        : [];
    default:
      return resolved(value, run);
  }
}

function childrenOf(object: Readonly<Record<string, unknown>>, name: string): readonly Reached[] {
  const own = object[name];
  if (own !== undefined) return asList(own).map((value) => ({ value, type: typeOfResource(value) }));
  const isChoice = (key: string): boolean => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length));
  const choice = Object.keys(object).find(isChoice);
  if (choice === undefined) return [];
  const type = choice.slice(name.length);
  return asList(object[choice]).map((value) => ({
    value,
    type: typeof value === 'object' ? type : uncapitalised(type),
  }));
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const typeOfResource = (value: unknown): string | undefined =>
  isJsonObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : undefined;

const uncapitalised = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1);

function resolved(value: unknown, run: Run): readonly Reached[] {
  const reference = isJsonObject(value) ? value['reference'] : value;
  if (typeof reference !== 'string') return [];
  const resource = run.resolve(reference);
  const type = typeOfResource(resource) ?? typeNamedBy(reference);
  return type === undefined ? [] : [{ value: resource, type }];
}

/** The type in `Patient/1` or `https://server/Patient/1/_history/2`. */
export function typeNamedBy(reference: string): string | undefined {
  return /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]*)?$/.exec(reference)?.[1];
}
