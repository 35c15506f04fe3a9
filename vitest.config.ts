import { defineConfig } from 'vitest/config';

// `npm test`: what needs nothing but npm. Laws, real servers and the judge have configurations of their own.
export default defineConfig({
  test: {
    // A busy machine is no fault: five seconds are few where a property is tried a thousand times.
    testTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    exclude: ['test/{laws,servers,conformance,chaos,bench}/**'],
    maxWorkers: 2,
    // No file changes what another sees, and a worker for each costs half a second.
    isolate: false,
  },
});
