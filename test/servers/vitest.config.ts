import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/servers/**/*.server.ts'],
    globalSetup: ['test/servers/global-setup.ts'],
    // All files share one server of each kind, and HAPI is emptied between tests.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
