import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { installPackages as installSystemPackages, mayInstall } from '../test/apt.ts';
import { CommandError } from '../lib/main.ts';
import { findProgram } from '../lib/run.ts';
import { projectRoot, readSettings } from '../lib/settings.ts';
import { bodyOf, noteOf, readLines, type Section } from './corpus.ts';
import { installPackages } from './packages.ts';
import { unseen } from './unseen.ts';

/** The usual tools for members-only sites. None of them seals the search index, which stays readable. */
const PACKAGES = ['staticrypt@3.5.4', 'pagefind@1.6.0'];
const STARLIGHT = ['astro@7.3.5', '@astrojs/starlight@0.42.4'];

/**
 * Compares a clean build of ours, sealed, indexed and audited, with Hugo, stock Pagefind and StatiCrypt one after
 * another, and with Starlight and its own search, on the same texts in one run.
 *
 * @param corpus - JSON lines {id, title, markdown}
 */
export function benchBeside(corpus: string): void {
  if (!findProgram('hugo')) {
    if (!mayInstall()) throw new CommandError('bench: Hugo is missing; on Debian: apt-get install hugo', 2);
    installSystemPackages(['hugo']);
  }
  const tools = installPackages(PACKAGES);
  const starlight = installPackages(STARLIGHT);
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-beside-'));
  const { sections, site } = unseen(readLines<Section>(corpus));
  try {
    const took = {
      jinghua: buildOurs(join(folder, 'ours'), sections, site),
      hugo: buildHugo(join(folder, 'hugo'), sections),
      pagefind: time(join(folder, 'hugo'), tools, 'pagefind', ['--site', 'public', '--force-language', 'zh']),
      staticrypt: sealAll(join(folder, 'hugo'), tools),
      starlight: buildStarlight(starlight, sections),
    };
    const others = took.hugo + took.pagefind + took.staticrypt;
    console.log(`${sections.length} texts`);
    console.table({
      'jinghua: sealed, indexed, audited': rowOf(took.jinghua, took.jinghua),
      Hugo: rowOf(took.hugo, took.jinghua),
      'stock Pagefind on its pages': rowOf(took.pagefind, took.jinghua),
      'StatiCrypt on its pages': rowOf(took.staticrypt, took.jinghua),
      'these three together': rowOf(others, took.jinghua),
      'Starlight, with search': rowOf(took.starlight, took.jinghua),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rowOf = (seconds: number, ours: number) => ({
  seconds: seconds.toFixed(1),
  'jinghua / this': (ours / seconds).toFixed(2),
});

function buildOurs(folder: string, sections: readonly Section[], site: string): number {
  const members = join(folder, 'members.yaml');
  for (const section of sections) write(folder, `content/notes/${section.id}.mdx`, noteOf(section));
  write(folder, 'members.yaml', '- id: bench\n');
  const env = {
    KB_CONTENT: join(folder, 'content'),
    KB_OUT: join(folder, 'dist'),
    KB_MEMBERS: members,
    KB_DATE: '2026-11-22',
    KB_SITE: site,
    KB_SECRET: 'be7c'.repeat(16),
  };
  try {
    return timeProgram(process.execPath, [join(projectRoot, 'scripts/build.ts')], projectRoot, env);
  } finally {
    rmSync(readSettings(env).work, { recursive: true, force: true });
  }
}

function buildHugo(folder: string, sections: readonly Section[]): number {
  const page = (main: string) =>
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><main data-pagefind-body>${main}</main></body></html>`;
  write(folder, 'hugo.toml', 'baseURL = "https://hugo.example/"\ntitle = "知识库"\nlanguageCode = "zh-CN"\n');
  write(folder, 'layouts/_default/single.html', page('<h1>{{ .Title }}</h1>{{ .Content }}'));
  const rows = '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>';
  write(folder, 'layouts/_default/list.html', page(`<h1>{{ .Title }}</h1>${rows}`));
  for (const section of sections) write(folder, `content/notes/${section.id}.md`, markdownOf(section));
  return timeProgram(findProgram('hugo')!, ['--config', 'hugo.toml'], folder);
}

/** As its guide recommends for a site of several files: one password, one salt, all pages. */
function sealAll(folder: string, tools: string): number {
  const args = ['public', '-r', '-d', 'sealed', '-p', 'a-password-of-fifteen', '--short'];
  return time(folder, tools, 'staticrypt', args);
}

function buildStarlight(installed: string, sections: readonly Section[]): number {
  // Inside the installation, because Starlight's components are not found through a link.
  const folder = join(installed, 'site');
  rmSync(folder, { recursive: true, force: true });
  write(
    folder,
    'package.json',
    JSON.stringify({
      type: 'module',
      // Astro reads here which packages it has to bundle.
      dependencies: Object.fromEntries(STARLIGHT.map((one) => one.split(/(?<=.)@/) as [string, string])),
    }),
  );
  write(
    folder,
    'astro.config.mjs',
    `import { defineConfig } from 'astro/config';
import starlight from '@astrojs/starlight';
export default defineConfig({ site: 'https://starlight.example', integrations: [starlight({ title: '知识库', locales: { root: { label: '中文', lang: 'zh-CN' } }, sidebar: [] })] });
`,
  );
  write(
    folder,
    'src/content.config.ts',
    `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
  );
  write(folder, 'src/content/docs/index.md', '---\ntitle: 知识库\n---\n\n开始。\n');
  for (const section of sections)
    write(folder, `src/content/docs/notes/${section.id}.md`, markdownOf(section));
  return time(folder, installed, 'astro', ['build']);
}

function markdownOf(section: Section): string {
  return `---\ntitle: ${JSON.stringify(section.title)}\n---\n\n${bodyOf(section)}\n`;
}

/** Returns how many seconds a package's program takes in `folder`. */
function time(folder: string, tools: string, program: string, args: string[]): number {
  return timeProgram(join(tools, 'node_modules/.bin', program), args, folder);
}

function timeProgram(program: string, args: string[], cwd: string, env: Record<string, string> = {}): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      ASTRO_TELEMETRY_DISABLED: '1',
      ...env,
    },
  });
  if (status !== 0) throw new CommandError(`${stdout}${stderr}\nbench: ${program} failed (above)`);
  return (performance.now() - start) / 1000;
}

function write(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
