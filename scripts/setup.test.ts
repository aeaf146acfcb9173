import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writeFiles } from '../tests/lib/site.ts';
import { temporaryFolder } from '../tests/lib/temporary-folder.ts';
import { projectRoot } from './lib/settings.ts';

interface LockedPackage {
  version?: string;
  integrity?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** Resolves `name` for the package at `path` as Node does: in the nearest node_modules that has it. */
function locked(path: string, name: string): LockedPackage | undefined {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[`${folder && `${folder}/`}node_modules/${name}`];
    if (found || folder === '') return found;
  }
}

// `npm ci` refuses a lock file without the packages of other platforms. npm writes such a file by itself when the
// registry doesn't have them. See https://github.com/npm/cli/issues/4828.
test('the lock file has every package of every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.entries({ ...dependencies, ...optionalDependencies })
      .filter(([name, range]) => {
        const found = locked(path, name);
        return !found || (/^\d+\.\d+\.\d+$/.test(range) && found.version !== range);
      })
      .map(([name, range]) => `${path}: ${name}@${range}`),
  );
  expect(missing).toEqual([]);
});

// Without a digest, `npm ci` takes whatever the registry sends for that version. npm leaves it out when the registry
// didn't have the package of another platform.
test('the lock file has the digest of every package', () => {
  const unpinned = Object.entries(packages)
    .filter(([path, { integrity = '' }]) => path !== '' && !integrity.startsWith('sha512-'))
    .map(([path]) => path);
  expect(unpinned).toEqual([]);
});

/** Makes a project with nothing to install and these scripts. */
function projectOf(scripts: Record<string, string>): string {
  const root = temporaryFolder();
  writeFiles(root, {
    'package-lock.json': '{}',
    'node_modules/.jinghua-lock': createHash('sha256').update('{}').digest('hex'),
    'scripts/setup.mjs': readFileSync(join(projectRoot, 'scripts/setup.mjs'), 'utf8'),
    ...scripts,
  });
  return root;
}

test('without a Node package the machine’s Node runs the command, or is refused if it can’t', () => {
  const root = projectOf({
    'scripts/greet.ts': 'const word: string = "here"; console.log(word);',
  });
  const run = (...flags: string[]) =>
    spawnSync(process.execPath, [...flags, join(root, 'scripts/setup.mjs'), 'greet'], { encoding: 'utf8' });
  expect(run().stdout).toBe('here\n');
  for (const lacking of ['--no-experimental-strip-types', '--no-js-explicit-resource-management']) {
    const { status, stderr } = run(lacking);
    expect([lacking, status]).toEqual([lacking, 1]);
    expect(stderr).toContain("can't run the scripts");
  }
});

test.each([
  [
    'a missing comma',
    "  name: '精华'\n  mark: '精',",
    "src/site.ts:3: Expected ',', got 'ident', at: mark: '精',",
  ],
  [
    'Chinese quotes',
    "  name: '精华',\n  mark: “精”,",
    "src/site.ts:3: Unexpected character '“', at: mark: “精”,",
  ],
  ['no quotes', "  name: '精华',\n  mark: kb,", 'src/site.ts:3: kb is not defined, at: mark: kb,'],
])('%s in src/site.ts is told with its line, before any command starts', (_, fields, told) => {
  const site = (lines: string) => `export const site: object = {\n${lines}\n};\n`;
  const root = projectOf({
    'scripts/greet.ts':
      "import { site } from '../src/site.ts'; console.log('here', Object.keys(site).length);",
    'src/site.ts': site(fields),
  });
  const run = () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/setup.mjs', 'greet'], {
      cwd: root,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const advice =
    "Look at this line and the one above: texts stand between straight quotes, 'like this', and a comma follows every value.";
  const refused = { status: 1, stdout: '', stderr: `${told}\n${advice}\n` };
  expect(run()).toEqual(refused);
  writeFiles(root, { 'src/site.ts': site("  name: '精华',") });
  expect(run()).toMatchObject({ status: 0, stdout: 'here 1\n' });
  writeFiles(root, { 'src/site.ts': site(fields) });
  expect(run()).toEqual(refused);
});

// It gets the signal from the terminal, as everything in its group does, and ends. A second one while it ends would kill
// it.
test.skipIf(process.platform === 'win32')('Ctrl-C on a terminal reaches a command once', async () => {
  const root = projectOf({
    'scripts/serve.ts':
      "process.once('SIGINT', () => { console.log('ending'); setTimeout(() => process.exit(0), 200); }); setInterval(() => {}, 1e6); console.log('READY');",
  });
  const group = spawn(process.execPath, ['scripts/setup.mjs', 'serve'], { cwd: root, detached: true });
  await once(group.stdout, 'data');
  process.kill(-group.pid!, 'SIGINT');
  await once(group.stdout, 'data');
  // npm got the signal too, and passes it on.
  group.kill('SIGINT');
  expect(await once(group, 'exit')).toEqual([0, null]);
});

test.skipIf(process.platform === 'win32')('a signal for the setup alone reaches the command', async () => {
  const root = projectOf({
    'scripts/serve.ts':
      "process.once('SIGINT', () => process.exit(0)); setInterval(() => {}, 1e6); console.log('READY');",
  });
  const setup = spawn(process.execPath, ['scripts/setup.mjs', 'serve'], { cwd: root });
  await once(setup.stdout, 'data');
  setup.kill('SIGINT');
  expect(await once(setup, 'exit')).toEqual([0, null]);
});

test('of two commands in a fresh clone, one installs and the other waits', async () => {
  const root = projectOf({
    'scripts/greet.ts': "console.log('here');",
    // An npm that fails as the real one does when two delete and fill the same folder, and takes until it may go on.
    'npm.js': `const { appendFileSync, existsSync, mkdirSync, rmSync } = require('node:fs');
      mkdirSync('node_modules/busy', { recursive: false });
      const timer = setInterval(() => {
        if (!existsSync('go-on')) return;
        clearInterval(timer);
        rmSync('node_modules/busy', { recursive: true });
        appendFileSync('installs', 'x');
      }, 20);`,
  });
  rmSync(join(root, 'node_modules/.jinghua-lock'));
  const env = { ...process.env, npm_execpath: join(root, 'npm.js') };
  const runs = [0, 1].map(() => {
    const running = promisify(execFile)(process.execPath, ['scripts/setup.mjs', 'greet'], { cwd: root, env });
    running.child.stdout!.on('data', (text: string) => {
      if (text.includes('another command is installing')) writeFiles(root, { 'go-on': '' });
    });
    return running;
  });
  const said = (await Promise.all(runs)).map(({ stdout }) => stdout);
  for (const output of said) expect(output).toMatch(/here\n$/);
  expect(said.join('')).toContain('another command is installing');
  expect(readFileSync(join(root, 'installs'), 'utf8')).toBe('x');

  // One that was killed while it installed holds up nobody.
  rmSync(join(root, 'node_modules/.jinghua-lock'));
  writeFiles(root, { '.work/installing': '2147483646' });
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/setup.mjs', 'greet'], {
    cwd: root,
    env,
  });
  expect(stdout).toMatch(/installing packages \(npm ci.*here\n$/s);
  expect(existsSync(join(root, '.work/installing'))).toBe(false);
});
