import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { outputOf } from '../../scripts/lib/run.ts';
import { projectRoot, readSettings } from '../../scripts/lib/settings.ts';
import { issueToken, parseSecret } from '../../src/vault/index.ts';

/** The secret of every test site, unless it has its own. It only ever seals test content. */
export const testSecret = '7e57'.repeat(16);

export interface TestSite {
  folder: string;
  out: string;
  members: string;
  env: Record<string, string>;
}

export interface Run {
  code: number;
  output: string;
}

/**
 * Creates a folder to build a site in, below the work folder so that the tree stays clean. Removes what an earlier run
 * left.
 *
 * @param name - distinguishes this site from those of other tests
 * @param env - additional environment variables, for example `KB_SITE`
 */
export function testSite(name: string, env: Record<string, string> = {}): TestSite {
  const folder = join(projectRoot, '.work', 'tests', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const out = join(folder, 'dist');
  const members = join(folder, 'members.yaml');
  return {
    folder,
    out,
    members,
    env: { KB_SECRET: testSecret, KB_OUT: out, KB_MEMBERS: members, KB_DATE: '2026-11-22', ...env },
  };
}

/** Writes files (path → text or bytes) below `folder`. */
export function writeFiles(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Returns a site with its own content instead of the project's. */
export function withContent(site: TestSite, files: Record<string, string | Uint8Array>): TestSite {
  const content = join(site.folder, 'content');
  writeFiles(content, files);
  return { ...site, env: { ...site.env, KB_CONTENT: content } };
}

/** Forgets what earlier runs of a test have published from a site: build numbers would go on from theirs. */
export function withoutPast(site: TestSite): TestSite {
  rmSync(join(readSettings(site.env).work, 'published'), { recursive: true, force: true });
  return site;
}

/** Runs one of the project's commands as npm would, for example `run(site, 'build')`; never throws for an exit code. */
export function run(site: TestSite, command: string, args: string[] = []): Promise<Run> {
  return outputOf(start(site, command, args));
}

/** Starts one of the project's commands and leaves it running. */
export function start(site: TestSite, command: string, args: string[] = []) {
  // This process's own settings must not leak into the test's.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(KB_|CI$|PORT$|NODE_ENV$|VITEST)/.test(name),
  );
  return spawn(process.execPath, [join(projectRoot, 'scripts', `${command}.ts`), ...args], {
    cwd: projectRoot,
    env: { ...Object.fromEntries(inherited), ...site.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Builds a site; throws with the whole output if the build fails. */
export async function build(site: TestSite): Promise<void> {
  const { code, output } = await run(site, 'build');
  if (code !== 0) throw new Error(`build ended with ${String(code)}:\n${output}`);
}

/** Returns the token of a member of a test site. */
export function tokenOf(id: string, serial = 1, secret = testSecret): Promise<string> {
  return issueToken(parseSecret(secret), id, serial);
}
