import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sameCourse } from '../../src/course/equal.ts';
import { courseShape, fieldsOf } from '../../src/course/shape.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import type { Elements } from '../../src/mapping/elements.ts';
import { maps } from '../../src/mapping/maps.ts';
import type { Row } from '../../src/mapping/rows.ts';
import { bloodPressure, singleVitalSigns } from '../../src/mapping/vital-signs.ts';
import { bundleOfText, bundleTextOf, find, issuesOf, jsonOf, receivedIn } from './courses.ts';

/**
 * The judges are judged: each row of the mapping is broken in turn, in four ways, and for each the golden files or the
 * round trip must notice. What no row maps (references, items) is altered leaf by leaf in every-leaf.laws.ts.
 */

const folder = new URL('../golden/', import.meta.url);

interface Golden {
  readonly course: TreatmentCourse;
  readonly bundle: string;
}

const golden: readonly Golden[] = readdirSync(folder)
  .filter((name) => name.endsWith('.course.json'))
  // The course with every field notices most: asked first, it saves the others.
  .toSorted((a, b) => Number(b.startsWith('everything')) - Number(a.startsWith('everything')))
  .map((name) => {
    const { value } = acceptCourse(jsonOf(readFileSync(new URL(name, folder), 'utf8')), shippedDefinitions);
    if (value === undefined) throw new Error(`${name} is refused`);
    return { course: value, bundle: bundleTextOf(value) };
  });

/** Whether anybody notices: the golden files see other bytes, the round trip another course or an issue. */
const isNoticed = (): boolean =>
  golden.some(({ course, bundle }) => {
    const text = bundleTextOf(course);
    return text !== bundle || !comesBack(course, text);
  });

function comesBack(course: TreatmentCourse, text: string): boolean {
  const found = find(receivedIn(bundleOfText(text)));
  const [only] = found.courses;
  return only !== undefined && sameCourse(course, only.course, { numbers: 'text' }) && issuesOf(found).length === 0;
}

type Break = (row: Row) => Partial<Row>;

/** What was written stands in an element of nobody's, and is read from there: only bytes can tell. */
const elsewhere: Break = (row) => ({
  write: (part, resource, context) => {
    const apart: Elements = {};
    row.write(part, apart, context);
    if (Object.keys(apart).length > 0) resource[`moved ${row.field}`] = apart;
  },
  read: (resource, part) => row.read((resource[`moved ${row.field}`] ?? {}) as Elements, part),
});

const breaks: Readonly<Record<string, Break>> = {
  'not written': () => ({ write: () => {} }),
  'not read': () => ({ read: () => {} }),
  dropped: () => ({ write: () => {}, read: () => {} }),
  elsewhere,
};

const rows = new Set<Row>();
const collect = (list: readonly Row[]): void => {
  for (const row of list) {
    rows.add(row);
    collect(row.entries ?? []);
  }
};
for (const map of maps) collect(map.rows);

const kept: { mutants: number; unnoticed: string[] } = { mutants: 0, unnoticed: [] };

function judge(name: string): void {
  kept.mutants += 1;
  if (!isNoticed()) kept.unnoticed.push(name);
}

it('nothing is noticed while nothing is broken', () => {
  expect(isNoticed()).toBe(false);
});

it('every broken row is noticed', () => {
  for (const row of rows) {
    const whole = { ...row };
    for (const [way, broken] of Object.entries(breaks)) {
      Object.assign(row, broken(whole));
      judge(`${row.field} (${row.element}) ${way}`);
      Object.assign(row, whole);
    }
  }
  expect(kept.unnoticed).toEqual([]);
}, 300_000);

it('every broken vital sign is noticed', () => {
  for (const list of [singleVitalSigns, bloodPressure.components] as unknown as readonly { field: string }[][]) {
    const whole = [...list];
    for (const line of whole) {
      list.splice(0, list.length, ...whole.filter((one) => one !== line));
      judge(`${line.field} dropped`);
    }
    list.splice(0, list.length, ...whole);
  }
  expect(kept.unnoticed).toEqual([]);
});

it('there are more broken mappings than fields', () => {
  const fields = [...fieldsOf(courseShape, [])].length;
  console.log(
    `${kept.mutants} broken mappings of ${rows.size} rows, ${kept.unnoticed.length} unnoticed; ${fields} fields`,
  );
  expect(kept.mutants).toBeGreaterThanOrEqual(fields);
});
