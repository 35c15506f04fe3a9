import { defineConfig } from 'vitest/config';

// `npm run test:chaos`: the faults themselves, and a short run on each server that is here.
export default defineConfig({
  test: {
    include: ['test/chaos/**/*.chaos.ts'],
    // One server at a time: timing is part of what happens here.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
