import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/laws/**/*.laws.ts'],
    maxWorkers: 2,
    // A law runs hundreds of generated cases.
    testTimeout: 120_000,
  },
});
