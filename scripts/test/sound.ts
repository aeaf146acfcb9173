import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from '../lib/main.ts';

/** A sound server that runs during the tests. */
export interface Sound {
  /** The environment variables by which browsers find it. */
  env: NodeJS.ProcessEnv;
  stop(): void;
}

/** How long the server may take to start, in milliseconds. */
const patience = 10_000;

/** Whether a sound server is running already, as on any desktop. */
export function hasSoundServer(): boolean {
  const { PULSE_SERVER, XDG_RUNTIME_DIR = '' } = process.env;
  return PULSE_SERVER !== undefined || existsSync(join(XDG_RUNTIME_DIR, 'pulse', 'native'));
}

/**
 * Starts PulseAudio with a null device. Without any device, Firefox reports an error instead of playing a recording.
 *
 * @throws CommandError when it doesn't start
 */
export async function startSound(): Promise<Sound> {
  if (hasSoundServer()) return { env: {}, stop: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-sound-'));
  const socket = join(folder, 'native');
  const server = spawn(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--use-pid-file=no',
      '--exit-idle-time=-1',
      '--load=module-null-sink',
      `--load=module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    ],
    { stdio: 'ignore', env: { ...process.env, PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder } },
  );
  const stop = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  server.on('error', () => undefined);
  const end = Date.now() + patience;
  while (!existsSync(socket)) {
    if (Date.now() > end || server.exitCode !== null) {
      stop();
      throw new CommandError(
        'test: PulseAudio did not start; to see why, run `pulseaudio -n --daemonize=no`',
      );
    }
    await sleep(50);
  }
  return { env: { PULSE_SERVER: `unix:${socket}` }, stop };
}
