import type { TestProject } from 'vitest/node';
import { installed } from './installed.ts';
import { serveFiles } from './serve-files.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a page with LHC-Forms; undefined where no browser can run. */
    page: string | undefined;
  }
}

/** LHC-Forms on a page of loopback, for all files. */
export default async function serveLhcForms(project: TestProject): Promise<() => Promise<void>> {
  const packages = installed('lforms@40.1.3');
  if (packages === undefined) {
    project.provide('page', undefined);
    return () => Promise.resolve();
  }
  const site = await serveFiles(
    new URL('lhc-forms.html', import.meta.url),
    new URL('node_modules/lforms/dist/lforms/', packages),
  );
  project.provide('page', site.address);
  return site.stop;
}
