import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests that replace modules or globals which other tests share. */
const mocking = globSync('{src,scripts}/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  /\bvi\.(?:mock|stubGlobal)\(/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
);

// Unit tests are next to their files. Tests that need a build or a browser are in tests/ and have their own config.
export default defineConfig({
  test: {
    environment: 'node',
    // Only a hanging test should time out: property tests take seconds on a busy machine.
    testTimeout: 60_000,
    // Environment variables and mocks of a test are reset before the next test in any file.
    unstubEnvs: true,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: mocking,
          // Isolation would load the same modules again for each file, which takes a third of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'mocking', include: mocking } },
    ],
  },
});
