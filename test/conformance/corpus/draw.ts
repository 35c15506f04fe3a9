import { isJsonObject, parseJson, writeJson, type Json, type JsonObject } from '../../../src/json/json.ts';
import { randomOf, type Random } from '../../../src/synthetic/random.ts';
import { bundleOfText, bundleTextOf, coursesFrom } from '../../laws/courses.ts';
import { bases, changed, type Case, type Change } from './cases.ts';
import { anyChange } from './rules/rules.ts';

/** A mutant, and the line of the corpus that it becomes where checker and judge disagree on it. */
export interface Drawn extends Case {
  readonly line: object;
}

/** Mutants without end, of generated courses and of the corpus's own bases; the same seed gives the same ones. */
export function* mutantsOf(seed: string): Generator<Drawn> {
  const random = randomOf(`disagreement ${seed}`);
  const known = [...bases().values()];
  for (let course = 0; ; course += 1) {
    const written = writtenAs(course, random);
    for (let number = 0; number < 100; number += 1) {
      const from = random.chance(0.7) ? written : known;
      const resource = from[random.integer(0, from.length - 1)];
      if (resource !== undefined) yield mutantOf(resource, `found/${seed}-${course}-${number}`, random);
    }
  }
}

function mutantOf(resource: JsonObject, name: string, random: Random): Drawn {
  const { rule, change } = anyChange(resource, random);
  const once = changedAgain(resource, change) ?? resource;
  const called = `${name} ${rule}`;
  // Two faults may hide each other.
  if (!random.chance(0.2)) {
    return { name: called, text: writeJson(once), line: { name: called, resource, ...change } };
  }
  const next = anyChange(once as JsonObject, random);
  const both = changedAgain(once, next.change);
  if (both === undefined) return { name: called, text: writeJson(once), line: { name: called, resource, ...change } };
  const twice = `${called} ${next.rule}`;
  return { name: twice, text: writeJson(both), line: { name: twice, resource: both } };
}

/** A rule may lead to a place that the first change made another: then one change is enough. */
function changedAgain(value: Json, change: Change): Json | undefined {
  try {
    return changed(value, change);
  } catch {
    return undefined;
  }
}

/** The resources of a course, some of them together in Bundles. */
function writtenAs(index: number, random: Random): JsonObject[] {
  const claim = random.chance(0.7) ? 'ours' : 'off';
  const [...five] = coursesFrom(index, 1, random.integer(1, 1_000_000));
  return five.flatMap((course) => {
    const text = bundleTextOf(course, random.chance(0.5) ? 'logical' : 'create', claim);
    const { entry, ...bundle } = bundleOfText(text);
    const some = entry.slice(0, random.integer(2, 5));
    const parts = [...entry.map(({ resource }) => resource), { ...bundle, entry: some }];
    return parts.flatMap((part) => {
      const parsed = parseJson(writeJson(part));
      return parsed.ok && isJsonObject(parsed.value) ? [parsed.value] : [];
    });
  });
}
