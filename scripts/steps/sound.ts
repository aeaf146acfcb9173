import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from '../lib/main.ts';

/** A sound server, as long as the tests run. */
export interface Sound {
  /** What lets browsers find it. */
  env: NodeJS.ProcessEnv;
  stop(): void;
}

/** Milliseconds that it may take to come up. */
const patience = 10_000;

/** Whether browsers find a sound server here already, as on any desktop. */
export function hasSoundServer(): boolean {
  const { PULSE_SERVER, XDG_RUNTIME_DIR = '' } = process.env;
  return PULSE_SERVER !== undefined || existsSync(join(XDG_RUNTIME_DIR, 'pulse', 'native'));
}

/**
 * Starts PulseAudio with a device that nobody hears. Without any device Firefox reports an error of a recording in place
 * of playing it.
 *
 * @throws CommandError when it does not come up
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
      throw new CommandError('test: PulseAudio does not come up; `pulseaudio -n --daemonize=no` says why');
    }
    await sleep(50);
  }
  return { env: { PULSE_SERVER: `unix:${socket}` }, stop };
}
