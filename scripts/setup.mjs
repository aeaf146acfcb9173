// Plain JavaScript for Node 20: installs what is missing, then starts the command under the right Node. It spawns a
// second process, because in `node a && node b` the shell would keep the Node from before the install.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = '', ...args] = process.argv.slice(2);
const script = join(root, 'scripts', `${command}.ts`);

if (!/^[a-z-]+$/.test(command) || !existsSync(script)) {
  console.error(`setup: no such command "${command}"; the commands are listed in package.json`);
  process.exit(2);
}
installPackages();
const node = findNode();
checkSite(node);
start(node, [script, ...args]);

function digestOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Runs `npm ci` unless node_modules was installed from exactly this lock file. */
function installPackages() {
  const lock = digestOf(join(root, 'package-lock.json'));
  const stamp = join(root, 'node_modules', '.jinghua-lock');
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  if (isInstalled()) return;
  const unlock = lockInstall();
  // Another command may have installed them meanwhile.
  if (!isInstalled()) install();
  writeFileSync(stamp, lock);
  unlock();
}

/**
 * Waits until no other command installs packages here: two would delete each other's files. The lock of a process that
 * is gone counts as none.
 *
 * @returns a function that releases the lock
 */
function lockInstall() {
  const lock = join(root, '.work', 'installing');
  mkdirSync(dirname(lock), { recursive: true });
  for (let hasSaid = false; ; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld(lock)) {
      rmSync(lock, { force: true });
    } else if (!hasSaid) {
      console.log('setup: another command is installing packages; waiting for it');
      hasSaid = true;
    }
  }
}

/** Whether the process that a lock names is running. */
function isHeld(lock) {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // Its owner is about to write the number.
    if (owner === 0) return Date.now() - statSync(lock).mtimeMs < 10_000;
    process.kill(owner, 0);
    return true;
  } catch (error) {
    // It belongs to another user.
    return error.code === 'EPERM';
  }
}

/** Runs `npm ci`; ends this process when it fails. */
function install() {
  console.log('setup: installing packages (npm ci; about 650 MB on disk, once)');
  // No dependency needs an install script, so none may run. CI machines leave out dev packages unless asked.
  const npmArgs = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    // Packages warn that the Node running npm is too old; they will be run by another one.
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...npmArgs], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', npmArgs, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error(
      'setup: npm ci failed (see above). Check that the registry is reachable, then run the command again.',
    );
    process.exit(1);
  }
}

/**
 * Returns the Node that a package brought for this machine. Falls back to the Node running this file if it can run the
 * scripts: it has to strip types, and to support `using` and `import.meta.main` (24.2). Without `import.meta.main`,
 * `build` would exit with 0 and have done nothing.
 */
function findNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', binary);
  if (existsSync(packaged)) return packaged;

  if (process.features.typescript && hasUsing() && import.meta.main) return process.execPath;
  console.error(
    `setup: Node ${process.versions.node} can't run the scripts, and no package provides Node for ${system}-${process.arch}; install Node 24.2 or newer (.nvmrc names the version in use)`,
  );
  process.exit(1);
}

/** Whether this Node understands declarations that dispose of their values. */
function hasUsing() {
  try {
    return Boolean(new Script('{ using nothing = null; }'));
  } catch {
    return false;
  }
}

/**
 * Loads src/site.ts alone if it has changed since it last could be loaded. Operators edit it, and every command imports
 * it: with a slip in it, each would end with a stack. Ends this process then, and names the line.
 */
function checkSite(node) {
  const file = join(root, 'src', 'site.ts');
  if (!existsSync(file)) return;
  const stamp = join(root, '.work', 'site-loaded');
  const digest = digestOf(file);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  const { status, stderr } = spawnSync(node, [file], { encoding: 'utf8' });
  if (status === 0) {
    try {
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, digest);
    } catch {
      // On a full disk the next command looks again.
    }
    return;
  }
  const line = /[\\/]site\.ts:(\d+)$/m.exec(stderr)?.[1];
  const reason = /^\w*Error(?: \[\w+\])?: (.*)/m.exec(stderr)?.[1];
  // The command itself says what else may be wrong.
  if (line === undefined || reason === undefined) return;
  const written = readFileSync(file, 'utf8').split('\n')[line - 1].trim();
  console.error(
    `src/site.ts:${line}: ${reason}, at: ${written}\nLook at this line and the one above: texts stand between straight quotes, 'like this', and a comma follows every value.`,
  );
  process.exit(1);
}

/** Starts the command in this terminal, forwards signals to it, and exits with its exit code. */
function start(node, nodeArgs) {
  const child = spawn(node, nodeArgs, {
    stdio: 'inherit',
    env: {
      // Half the time of a short command goes into compiling its own code, so the compiled code is cached.
      NODE_COMPILE_CACHE: join(root, '.work', 'cache', 'node'),
      ...process.env,
      ASTRO_TELEMETRY_DISABLED: '1',
    },
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to the whole process group, and the command ends by itself. A second signal might meet it
  // when it no longer listens, and its exit code would be wrong. But npm and `kill` only signal this process.
  let forwarding;
  process.on('SIGINT', () => (forwarding ??= setTimeout(() => child.kill('SIGINT'), 500)));
  child.on('exit', (code, signal) => {
    clearTimeout(forwarding);
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
