import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { writeJson } from '../../src/json/json.ts';
import type { Claim } from '../../src/mapping/claim.ts';
import { claiming, ourProfiles, profileOf } from '../../src/mapping/claims.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { maps } from '../../src/mapping/maps.ts';
import { retracted } from '../../src/mapping/retraction.ts';
import { bundleOfText, courses, find, issuesOf, jsonOf, receivedIn } from '../laws/courses.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const paths = [
  ...globSync('profiles/examples/*/course.json', { cwd: root }),
  ...globSync('test/golden/*.course.json', { cwd: root }),
];
const written = paths.map((path) => jsonOf(readFileSync(`${root}${path}`, 'utf8')) as unknown as TreatmentCourse);
const everyCourse = function* (): Generator<TreatmentCourse> {
  yield* written;
  yield* courses(20);
  yield* courses(1, 'full');
};

type Claimed = Record<string, unknown> & {
  resourceType: string;
  meta?: { profile?: string[] };
  code?: { coding: { system: string; code: string }[] };
  effectiveDateTime?: string;
};

const claimedBy = (course: TreatmentCourse, claim: Claim): Claimed[] =>
  (bundleOf(mapCourse(course, shippedDefinitions), 'create', claim).entry ?? []).map(
    ({ resource }) => resource as unknown as Claimed,
  );

const own = 'https://w3id.org/coursebridge/StructureDefinition/';
const ownCodeOf = ({ code }: Claimed): string | undefined =>
  code?.coding.find(({ system }) => system === 'https://w3id.org/coursebridge/CodeSystem/observation')?.code;
const isLoinc = ({ code }: Claimed): boolean =>
  code?.coding.some(({ system }) => system === 'http://loinc.org') === true;

const hl7Of: Readonly<Record<string, string>> = {
  bloodPressure: 'bp',
  heartRate: 'heartrate',
  respiratoryRate: 'resprate',
  oxygenSaturation: 'oxygensat',
  temperature: 'bodytemp',
  weight: 'bodyweight',
};

describe('ours', () => {
  it('is one profile on every resource, and every profile is on some', () => {
    const seen = new Map<string, Set<string>>();
    let count = 0;
    for (const course of everyCourse()) {
      for (const resource of claimedBy(course, 'ours')) {
        if (resource.resourceType === 'Patient') {
          expect(resource.meta).toBeUndefined();
          continue;
        }
        const profile = resource.meta?.profile ?? [];
        expect(profile, JSON.stringify(resource)).toHaveLength(1);
        const kind = `${resource.resourceType} ${ownCodeOf(resource) ?? ''}`.trim();
        seen.set(profile[0] ?? '', (seen.get(profile[0] ?? '') ?? new Set()).add(kind));
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(5000);
    expect(Object.fromEntries([...seen].map(([url, kinds]) => [url.slice(own.length), [...kinds].toSorted()]))).toEqual(
      {
        'adverse-event': ['Observation adverse-event'],
        'assessment-response': ['QuestionnaireResponse'],
        'blood-pressure': ['Observation bloodPressure'],
        'body-temperature': ['Observation temperature'],
        'body-weight': ['Observation weight'],
        'course-summary': ['Observation course-summary'],
        dissociation: ['Observation dissociation'],
        'form-response': ['QuestionnaireResponse'],
        'heart-rate': ['Observation heartRate'],
        'ketamine-administration': ['MedicationAdministration'],
        'outcome-evaluation': ['Observation outcome'],
        'oxygen-saturation': ['Observation oxygenSaturation'],
        'phase-transition': ['Observation phase-transition'],
        reading: ['Observation reading'],
        'respiratory-rate': ['Observation respiratoryRate'],
        score: ['Observation subscore', 'Observation total'],
        sedation: ['Observation sedation'],
        'session-record': ['Observation session-record'],
        'side-effect': ['Observation side-effect'],
        'supplement-administration': ['MedicationAdministration'],
        'undated-vital-sign': Object.keys(hl7Of)
          .map((code) => `Observation ${code}`)
          .toSorted(),
      },
    );
    expect([...seen.keys()].toSorted()).toEqual(ourProfiles.toSorted());
  });

  it('knows every Observation of the table of contents', () => {
    const names = new Set(maps.filter(({ type }) => type === 'Observation').map(({ name }) => name));
    for (const code of names) {
      const coding = [{ system: 'https://w3id.org/coursebridge/CodeSystem/observation', code }];
      expect(profileOf({ resourceType: 'Observation', code: { coding } }, 'ours'), code).toBeDefined();
    }
  });

  it('says an administration by its kind: what is added is a supplement, all else is ketamine given', () => {
    const kinds = (kind: string | undefined): string | undefined => {
      const [course] = written;
      const sessions = [
        {
          id: 's',
          status: 'completed' as const,
          administrations: [
            {
              id: 'a',
              status: 'completed' as const,
              substance: 'ketamine' as const,
              ...(kind !== undefined && { kind }),
            },
          ],
        },
      ];
      const only = { ...course, sessions } as TreatmentCourse;
      return claimedBy(only, 'ours').find(({ resourceType }) => resourceType === 'MedicationAdministration')?.meta
        ?.profile?.[0];
    };
    expect([undefined, 'initial', 'supplement', 'rescue'].map((kind) => kinds(kind)?.slice(own.length))).toEqual([
      'ketamine-administration',
      'ketamine-administration',
      'supplement-administration',
      'supplement-administration',
    ]);
  });

  it('stays on what was taken back', () => {
    const [course] = courses(1);
    for (const one of mapCourse(course as TreatmentCourse, shippedDefinitions).resources) {
      expect(profileOf(retracted(one, {}).resource, 'ours')).toBe(profileOf(one.resource, 'ours'));
    }
  });
});

describe('hl7', () => {
  it("is R4's own profile on every vital sign with a date, and on nothing else", () => {
    const seen = new Set<string>();
    for (const course of everyCourse()) {
      for (const resource of claimedBy(course, 'hl7')) {
        const code = ownCodeOf(resource) ?? '';
        const name = isLoinc(resource) ? hl7Of[code] : undefined;
        expect(resource.meta?.profile).toEqual(
          name === undefined ? undefined : [`http://hl7.org/fhir/StructureDefinition/${name}`],
        );
        if (name !== undefined) expect(resource.effectiveDateTime).toMatch(/^\d{4}-\d\d-\d\d/);
        seen.add(name ?? '');
      }
    }
    expect(seen).toEqual(new Set(['', ...Object.values(hl7Of)]));
  });
});

describe('a claim', () => {
  it('is never there unless somebody asks', () => {
    for (const course of written) {
      expect(claimedBy(course, 'off').every(({ meta }) => meta === undefined)).toBe(true);
      const mapped = mapCourse(course, shippedDefinitions);
      expect(writeJson(bundleOf(mapped, 'logical', 'off'))).toBe(writeJson(bundleOf(mapped, 'logical')));
    }
  });

  it('stands behind type and id, and changes nothing else', () => {
    const resource = { resourceType: 'MedicationAdministration', id: '1', status: 'completed' };
    const claimed = claiming(resource, 'ours');
    expect(Object.keys(claimed)).toEqual(['resourceType', 'id', 'meta', 'status']);
    const { meta, ...rest } = claimed as typeof claimed & { meta: unknown };
    expect([rest, meta]).toEqual([resource, { profile: [`${own}ketamine-administration`] }]);
    expect(claiming(resource, 'off')).toBe(resource);
  });

  it.each(['hl7', 'ours'] as const)(
    '%s: what is read does not depend on it, whoever dropped it on the way',
    (claim) => {
      for (const course of [...written, ...courses(4)]) {
        const mapped = mapCourse(course, shippedDefinitions);
        const claimed = bundleOfText(writeJson(bundleOf(mapped, 'logical', claim)));
        const bare = bundleOfText(writeJson(bundleOf(mapped, 'logical')));
        const read = (bundle: typeof claimed) => find(receivedIn(bundle));
        expect(writeJson(read(claimed))).toBe(writeJson(read(bare)));
        expect(issuesOf(read(claimed))).toEqual([]);
      }
    },
  );

  it('a claim that lies is not believed', () => {
    const [course] = courses(1);
    const bundle = bundleOf(mapCourse(course as TreatmentCourse, shippedDefinitions), 'logical', 'ours');
    const lying = jsonOf(writeJson(bundle).replaceAll(/"profile":\["[^"]+"\]/g, `"profile":["${own}reading"]`));
    const [found] = find(receivedIn(lying)).courses;
    expect(found?.issues).toEqual([]);
    expect(writeJson(found?.course)).toBe(writeJson(course));
  });
});
