import { error, warning, type Entry } from './entry.ts';

/** What can be wrong with a file that should be a FHIR package; the place is a path in its archive. */
export const packages = {
  'package-unreadable': error('not-found', 422, 'There is no such file, or it cannot be read.'),
  'not-a-package': error('structure', 422, 'This is not a FHIR package: a gzipped tar with package/package.json is.'),
  'package-damaged': error('structure', 422, 'The archive of the package is damaged or cut off.'),
  'package-too-large': error('too-costly', 422, 'The package is larger than is read here.'),
  'package-path-outside': error('security', 422, 'A file of the package has a path that leads out of it.'),
  'package-file-malformed': error('structure', 422, 'A file of the package is not well-formed JSON.'),
  'package-of-other-fhir': warning('not-supported', 'The package does not say that it is made for FHIR R4.'),
} as const satisfies Record<string, Entry>;
