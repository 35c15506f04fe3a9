import { defineConfig } from 'vitest/config';

// What is tested against the developers' shared folder: samples of other people, and what is known of each code.
export default defineConfig({
  test: {
    include: ['test/samples/**/*.samples.ts'],
    maxWorkers: 2,
  },
});
