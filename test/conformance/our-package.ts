import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everythingPublished, pages } from '../../profiles/make/artefacts.ts';
import { packageFiles } from '../../profiles/make/package-files.ts';
import { tgzOf } from '../../profiles/make/tar.ts';

/** The FHIR package of what is published now, in a folder of its own under the system's temporary one. */
export function ourPackage(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'coursebridge-package-')), 'coursebridge-fhir.tgz');
  writeFileSync(file, tgzOf(packageFiles('0.1.0', everythingPublished(), pages(), [])));
  return file;
}
