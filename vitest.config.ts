import { defineConfig } from 'vitest/config';

// Units stand beside their files; what needs a build or a browser stands in tests/ and has its own config.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
  },
});
