import { defineConfig } from 'vitest/config';

/** What replaces modules or globals that others share. */
const mocking = [
  'elements/dom',
  'gate/leave',
  'gate/offline/take',
  'gate/store',
  'gate/unlock',
  'worker/answer',
  'worker/reply',
  'worker/session',
].map((name) => `src/${name}.test.ts`);

// Units stand beside their files; what needs a build or a browser stands in tests/ and has its own config.
export default defineConfig({
  test: {
    environment: 'node',
    // Only what hangs is to fail by its time: property tests take seconds on a machine that does other things too.
    testTimeout: 60_000,
    // What a test sets of the environment, or watches, is gone before the next, in whichever file that is.
    unstubEnvs: true,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: mocking,
          // Loading the same modules for each file anew would take a third of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'mocking', include: mocking } },
    ],
  },
});
