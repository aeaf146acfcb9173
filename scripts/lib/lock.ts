import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandError } from './main.ts';

/**
 * Runs `job` while no other process of this machine holds `file`. A lock whose process is gone is taken over.
 *
 * @throws CommandError when another build is running; what the machine refuses, where the file can't be made
 */
export async function withLock<T>(file: string, job: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = Number(readFileSync(file, 'utf8'));
    // A kill between making the file and writing to it leaves it empty.
    if (owner > 0 && owner !== process.pid && isRunning(owner)) {
      throw new CommandError(`another build is running here (process ${owner}); wait for it or stop it`);
    }
    writeFileSync(file, String(process.pid));
  }
  try {
    return await job();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Whether there is a process of this number on this machine, whoever has started it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is running too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
