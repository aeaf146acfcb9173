// Plain JavaScript that Node 20 runs: installs what is missing, then starts the command under the right Node.
// One file spawns the other: in `node a && node b` the shell would keep the Node that was there before the install.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = '', ...args] = process.argv.slice(2);
const script = join(root, 'scripts', `${command}.ts`);

if (!/^[a-z-]+$/.test(command) || !existsSync(script)) {
  console.error(`setup: no such command "${command}"; the commands stand in package.json`);
  process.exit(2);
}
installPackages();
start(findNode(), [script, ...args]);

/** Runs `npm ci` unless node_modules was laid from this very lock file. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.jinghua-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

  console.log('setup: installing packages (npm ci; about 650 MB on disk, once)');
  // Nothing we depend on needs an install script, so none may run; CI machines leave dev packages out unless asked.
  const npmArgs = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    // Packages warn that the Node which runs npm is old; another one will run them.
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...npmArgs], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', npmArgs, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error('setup: npm ci failed; see above. Is the registry reachable? Then run the command again.');
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

/**
 * The Node that a package brought for this machine, else this one if it can run the scripts: TypeScript as it is, which
 * ask `import.meta.main` (22.18, 24.2, no 23). Where that is not known, `build` would end with 0 and have done nothing.
 */
function findNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', binary);
  if (existsSync(packaged)) return packaged;

  if (process.features.typescript && import.meta.main) return process.execPath;
  console.error(
    `setup: Node ${process.versions.node} can't run the scripts and no package carries one for ${system}-${process.arch}; install Node 22.18 or 24.2, or newer (.nvmrc says which we use)`,
  );
  process.exit(1);
}

/** Starts the command in this terminal, hands signals on, and ends as it ends. */
function start(node, nodeArgs) {
  const child = spawn(node, nodeArgs, {
    stdio: 'inherit',
    env: {
      // Half of what a short command takes is reading its own code; it is kept compiled beside the other caches.
      NODE_COMPILE_CACHE: join(root, '.work', 'cache', 'node'),
      ...process.env,
      ASTRO_TELEMETRY_DISABLED: '1',
    },
  });
  // A terminal sends Ctrl-C to the whole group, npm and `kill` only to this process: hand it on, twice does no harm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
