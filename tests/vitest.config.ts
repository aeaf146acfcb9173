import { defineConfig } from 'vitest/config';

// Whole builds and real browsers take minutes. No more of them run in parallel than there are cores.
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    globalSetup: 'tests/lib/setup.ts',
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
