import { defineConfig } from 'vitest/config';

// Units stand beside their files; what needs a build or a browser stands in tests/ and has its own config.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // Only what hangs is to fail by its time: property tests take seconds on a machine that does other things too.
    testTimeout: 60_000,
  },
});
