import mdx from '@astrojs/mdx';
import { unified } from '@astrojs/markdown-remark';
import { defineConfig, passthroughImageService } from 'astro/config';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import { chunks, entryFileNames, plainImports } from './src/render/chunks.ts';
import { readEnvironment } from './src/environment.ts';
import { preview } from './src/preview/plugin.ts';
import { renderer } from './src/render/adapter.ts';
import { site } from './src/site.ts';
import { lightColours } from './src/styles/light.ts';

const { base, work } = readEnvironment();
const root = new URL('./', import.meta.url);
const light = lightColours(readFileSync(new URL('src/styles/tokens.css', root), 'utf8'));

/**
 * Sets the project's root. A build and each preview pass a root of their own to Astro (scripts/steps/theme.ts), because
 * Astro writes `.astro/` there and two runs at once would delete each other's files. Names of styles and modules are
 * still derived from this root.
 */
const oneRoot = {
  name: 'one-root',
  hooks: { 'astro:config:setup': ({ updateConfig }) => void updateConfig({ root }) },
};

export default defineConfig({
  srcDir: fileURLToPath(new URL('src/', root)),
  publicDir: fileURLToPath(new URL('public/', root)),
  // Never dist/, which only receives files that have been sealed and audited.
  outDir: join(work, 'theme'),
  cacheDir: join(work, 'cache', 'astro'),
  // scripts/render/ renders the pages from the bundle, for each audience those that changed.
  output: 'server',
  adapter: renderer(),
  // Images are part of the content, which src/markdown processes.
  image: { service: passthroughImageService() },
  base: base || '/',
  trailingSlash: 'always',
  // The default, 'jsx', drops the space between two links in running text.
  compressHTML: true,
  build: { format: 'directory', inlineStylesheets: 'never', assets: 'a' },
  devToolbar: { enabled: false },
  // Not set by the preview's integration: Astro has opened its log before any runs.
  ...(process.env.NODE_ENV === 'development' && {
    logger: { entrypoint: new URL('src/preview/log.ts', root) },
  }),
  // Only the operators' own pages (src/pages/*.mdx) use this; entries are data, which src/markdown renders.
  integrations: [oneRoot, mdx(), preview()],
  markdown: {
    syntaxHighlight: false,
    processor: unified({
      smartypants: false,
      remarkPlugins: [remarkCjkFriendly, remarkCjkFriendlyStrikethrough],
    }),
  },
  vite: {
    plugins: [plainImports()],
    server: {
      // With CORS, any page open on this machine could read unpublished drafts.
      cors: false,
      // By default Vite serves the whole project: the site's secret, the members, the history, everything in .work/.
      fs: { allow: ['src', 'node_modules', 'public'].map((folder) => fileURLToPath(new URL(folder, root))) },
    },
    define: {
      __BASE__: JSON.stringify(`${base}/`),
      __LANGUAGE__: JSON.stringify(site.language),
      __LIGHT__: JSON.stringify(
        Object.fromEntries(
          ['paper', 'ink', 'ink-soft', 'ink-faint', 'rule-strong', 'seal'].map((name) => [name, light(name)]),
        ),
      ),
      __PREVIEW__: 'false',
    },
    build: {
      // The content security policy forbids data: URLs and inline scripts, however small.
      assetsInlineLimit: 0,
      // One style sheet for all pages: members download it once, and both audiences get the same file.
      cssCodeSplit: false,
      // WeChat's web views are years behind; the compiler lowers light-dark() and nesting for them.
      cssTarget: ['chrome100', 'safari15.4'],
      target: ['chrome100', 'safari15.4'],
    },
    environments: {
      client: {
        build: { rolldownOptions: { output: { codeSplitting: { groups: chunks }, entryFileNames } } },
      },
    },
  },
});
