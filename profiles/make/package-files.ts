import { base } from '../../src/definitions/terminology.ts';
import type { Published } from './artefacts.ts';
import type { Entry } from './tar.ts';

/** The name under which servers and validators know the package (FHIR package specification: parts with dots). */
export const packageName = 'coursebridge.fhir';

/** The files of the FHIR package, by https://hl7.org/fhir/packages.html. */
export function packageFiles(
  version: string,
  published: readonly Published[],
  pages: ReadonlyMap<string, string>,
  notices: readonly Entry[],
): Entry[] {
  const artefacts = published
    .map((one): readonly [string, Published] => [nameOf(one), one])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    ['package/package.json', jsonText(manifest(version))],
    ['package/.index.json', jsonText(indexOf(artefacts))],
    ...artefacts.map(([name, { text }]): Entry => [`package/${name}`, text]),
    ...notices.map(([name, text]): Entry => [`package/doc/${name}`, text]),
    ...[...pages].map(([name, text]): Entry => [`package/doc/${name}.md`, text]),
  ];
}

const nameOf = ({ artefact: { resourceType, id } }: Published): string => `${resourceType}-${id}.json`;

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const manifest = (version: string): object => ({
  name: packageName,
  version,
  canonical: base,
  url: base,
  title: 'coursebridge: courses of ketamine with psychotherapy',
  description:
    'Profiles, extensions, code systems, value sets, questionnaires and programmes by which coursebridge writes treatment courses as FHIR R4.',
  fhirVersions: ['4.0.1'],
  type: 'IG',
  // The artefacts of HL7's that travel with us are under CC0; doc/NOTICE says what belongs to whom.
  license: 'Apache-2.0',
  author: 'coursebridge',
  dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
  directories: { lib: 'package', doc: 'doc' },
});

/** By it a loader finds an artefact without opening all. */
const indexOf = (artefacts: readonly (readonly [string, Published])[]): object => ({
  'index-version': 2,
  files: artefacts.map(([filename, { artefact }]) => ({
    filename,
    ...Object.fromEntries(
      ['resourceType', 'id', 'url', 'version', 'kind', 'type', 'derivation', 'content'].flatMap((element) =>
        typeof artefact[element] === 'string' ? [[element, artefact[element]]] : [],
      ),
    ),
  })),
});
