import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/conformance/**/*.judge.ts'],
    globalSetup: ['test/conformance/global-setup.ts'],
    maxWorkers: 2,
    // Thousands of resources at 300 a second.
    testTimeout: 300_000,
  },
});
