import { base } from '../../src/definitions/terminology.ts';
import type { Artefact } from './artefacts.ts';
import { packageName } from './package-files.ts';

const id = 'coursebridge';

/** The ImplementationGuide: the list of everything that we publish, and of its pages. */
export function implementationGuide(listed: readonly Artefact[], pages: ReadonlyMap<string, string>): Artefact {
  return {
    resourceType: 'ImplementationGuide',
    id,
    url: `${base}/ImplementationGuide/${id}`,
    version: '0.1.0',
    name: 'Coursebridge',
    title: 'coursebridge: courses of ketamine with psychotherapy',
    status: 'active',
    experimental: false,
    publisher: 'coursebridge',
    description:
      'How coursebridge writes a treatment course (sessions, doses, vital signs, rating scales, psychotherapy, outcomes) as FHIR R4 resources.',
    copyright: 'The NOTICE of the package says what in it belongs to others.',
    packageId: packageName,
    license: 'Apache-2.0',
    fhirVersion: ['4.0.1'],
    dependsOn: [
      {
        id: 'r4',
        uri: 'http://hl7.org/fhir/ImplementationGuide/fhir',
        packageId: 'hl7.fhir.r4.core',
        version: '4.0.1',
      },
    ],
    definition: { resource: listed.map(resourceEntry), page: pageTree(pages) },
  };
}

const resourceEntry = (artefact: Artefact): object => ({
  reference: { reference: `${artefact.resourceType}/${artefact.id}` },
  name: artefact.title ?? artefact.name ?? artefact.id,
  ...(artefact.description !== undefined && { description: artefact.description }),
  exampleBoolean: false,
});

const fileOf = (page: string): string => `${page}.md`;

/** The start page with all others below it. */
function pageTree(pages: ReadonlyMap<string, string>): object {
  const entry = (name: string): object => ({
    nameUrl: fileOf(name),
    title: titleOf(pages.get(name) ?? name),
    generation: 'markdown',
  });
  return { ...entry('index'), page: [...pages.keys()].filter((name) => name !== 'index').map(entry) };
}

const titleOf = (text: string): string => /^# (.+)$/m.exec(text)?.[1] ?? '';
