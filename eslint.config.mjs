import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Data flows in one direction: sources, model, library, pages; and the sealed format knows nothing of them.
 *
 * @param imports - a regular expression of what the files may not import
 */
const refuseImports = (files, imports, message) => ({
  files: [files],
  ignores: ['**/*.test.ts', '**/*testing.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: imports, message }] }] },
});

export default defineConfig(
  globalIgnores(['dist/', '.work/', '.astro/', 'node_modules/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers in messages are fine: lines, counts, sizes.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `void promise` marks a promise that nobody awaits, which custom elements and workers do on purpose.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Used after an index has been checked; noUncheckedIndexedAccess makes all others visible.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  astro.configs.recommended,
  { files: ['**/*.astro'], languageOptions: { globals: { __PREVIEW__: 'readonly' } } },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    // Published as is, so the globals that they use are listed here and not in a comment in each file.
    files: ['src/**/*.js'],
    languageOptions: {
      globals: {
        URL: 'readonly',
        URLSearchParams: 'readonly',
        Event: 'readonly',
        addEventListener: 'readonly',
        dispatchEvent: 'readonly',
        document: 'readonly',
        history: 'readonly',
        location: 'readonly',
        window: 'readonly',
      },
    },
  },
  refuseImports(
    'src/**/*.{ts,astro}',
    '/(?:scripts|tests)/',
    'A page needs no script to be rendered or shown.',
  ),
  refuseImports('src/vault/*.ts', '^(?!\\./)', 'The format runs in Node, in pages and in the worker.'),
  refuseImports(
    'src/model/*.ts',
    '^(?!\\./|\\.\\./(?:i18n|text)/|astro/zod$)',
    'Plain Node has to load the model.',
  ),
  refuseImports(
    'src/{i18n,text,markdown,library}/**/*.ts',
    '^(?:\\.\\./)+(?:pages|layouts|components|elements|gate|worker|mine|preview|render|search|scripts|tests)/',
    'Pages ask the library, not the other way round.',
  ),
  refuseImports(
    'src/{gate,worker}/**/*.ts',
    '^(?:\\.\\./)+(?:pages|layouts|components|library|markdown|render|preview|scripts|tests)/',
    'Browsers load this code before they know any content.',
  ),
  refuseImports(
    'scripts/lib/*.ts',
    '^\\.\\./(?!\\.\\./)',
    'Commands and steps use these modules, not the other way round.',
  ),
);
