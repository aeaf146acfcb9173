import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Whole builds and a real browser: minutes, not milliseconds. One more of them at once than there are cores, since each
// waits for a browser, a server or a disk about a third of its time.
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    globalSetup: 'tests/lib/setup.ts',
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: availableParallelism() + 1,
  },
});
