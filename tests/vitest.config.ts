import { defineConfig } from 'vitest/config';

// Whole builds and a real browser: minutes, not milliseconds, and no more of them at once than there are cores.
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
