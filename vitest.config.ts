import { defineConfig } from 'vitest/config';

// `npm test`: what needs nothing but npm. Laws, real servers and the judge have configurations of their own.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/{laws,servers,conformance,chaos,bench}/**'],
    maxWorkers: 2,
    // No file changes what another sees, and a worker for each costs half a second.
    isolate: false,
  },
});
