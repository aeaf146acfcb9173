import mdx from '@astrojs/mdx';
import { unified } from '@astrojs/markdown-remark';
import { defineConfig, passthroughImageService } from 'astro/config';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import { chunks, plainImports } from './src/chunks.ts';
import { readEnvironment } from './src/environment.ts';
import { preview } from './src/preview/plugin.ts';
import { renderer } from './src/render/adapter.ts';
import { site } from './src/site.ts';

const { base, work } = readEnvironment();
const root = new URL('./', import.meta.url);

/**
 * A build and each preview get a root of their own (scripts/steps/theme.ts), because Astro writes `.astro/` there and two
 * at once would take each other's files away. The root that names of styles and modules follow is this one.
 */
const oneRoot = {
  name: 'one-root',
  hooks: { 'astro:config:setup': ({ updateConfig }) => void updateConfig({ root }) },
};

export default defineConfig({
  srcDir: fileURLToPath(new URL('src/', root)),
  publicDir: fileURLToPath(new URL('public/', root)),
  // Never dist/: only what has been sealed and audited is published.
  outDir: join(work, 'theme'),
  cacheDir: join(work, 'cache', 'astro'),
  // Pages are rendered from the bundle, for each audience what changed: scripts/render/.
  output: 'server',
  adapter: renderer(),
  // Images are data of the content and go through src/markdown.
  image: { service: passthroughImageService() },
  base: base || '/',
  trailingSlash: 'always',
  // 'jsx', the default, drops the space between two links in running text.
  compressHTML: true,
  build: { format: 'directory', inlineStylesheets: 'never', assets: 'a' },
  devToolbar: { enabled: false },
  // Only the operators' own pages (src/pages/*.mdx) come this way; entries are data and go through src/markdown.
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
      // Whatever page is open on this machine could read what is being written, with a header that allows it to.
      cors: false,
      // Otherwise the whole project is served: the site's secret, the members, the history, all that lies in .work/.
      fs: { allow: ['src', 'node_modules', 'public'].map((folder) => fileURLToPath(new URL(folder, root))) },
    },
    define: {
      __BASE__: JSON.stringify(`${base}/`),
      __LANGUAGE__: JSON.stringify(site.language),
      __PREVIEW__: 'false',
    },
    build: {
      // The content security policy refuses data: URLs and inline scripts, however small.
      assetsInlineLimit: 0,
      // One style sheet for all pages: members fetch it once, and both audiences get the same file.
      cssCodeSplit: false,
      // WeChat's web views lag years behind; the compiler lowers light-dark() and nesting for them.
      cssTarget: ['chrome100', 'safari15.4'],
      target: ['chrome100', 'safari15.4'],
    },
    environments: {
      client: { build: { rolldownOptions: { output: { codeSplitting: { groups: chunks } } } } },
    },
  },
});
