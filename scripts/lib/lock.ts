import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from './folder.ts';
import { CommandError } from './main.ts';

interface Wait {
  /** What may hold the lock, for the message. */
  holder?: string;
  /** Milliseconds to wait for it. */
  patience?: number;
}

/**
 * Runs `job` while no other process of this machine holds the lock. One whose process is gone is taken over.
 *
 * The lock is a folder with the number of its process in it, which comes and goes in one rename: nobody meets it half
 * made, and a folder that has something in it can't be renamed over.
 *
 * @throws CommandError when another holds it; what the machine refuses, where the folder can't be made
 */
export async function withLock<T>(
  lock: string,
  job: () => Promise<T>,
  { holder = 'another build', patience = 0 }: Wait = {},
): Promise<T> {
  makeFolder(dirname(lock));
  const end = Date.now() + patience;
  for (;;) {
    try {
      take(lock);
      break;
    } catch (error) {
      if (!(error instanceof Held)) throw error;
      const who = error.owner === undefined ? '' : ` (process ${error.owner})`;
      if (Date.now() >= end)
        throw new CommandError(`${holder} is running here${who}; wait for it or stop it`, 1, {
          cause: error,
        });
      await sleep(20);
    }
  }
  try {
    return await job();
  } finally {
    if (ownerOf(lock) === process.pid) remove(lock);
  }
}

function take(lock: string): void {
  const own = `${lock}.${process.pid}`;
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own);
  try {
    writeFileSync(join(own, OWNER), String(process.pid));
    if (hasMoved(own, lock)) return;
    const owner = ownerOf(lock);
    if (owner !== undefined && owner !== process.pid && isRunning(owner)) throw new Held(owner);
    sweep(lock, owner);
    if (!hasMoved(own, lock)) throw new Held(ownerOf(lock));
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Where a lock has the number of its process. */
const OWNER = 'process';

function ownerOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(join(lock, OWNER), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** Takes away what a process has left that is gone: of those who find it at the same time, one. */
function sweep(lock: string, left: number | undefined): void {
  const aside = `${lock}.${process.pid}-left`;
  rmSync(aside, { recursive: true, force: true });
  if (!hasMoved(lock, aside)) return;
  // Another was faster, and this is already theirs.
  const owner = ownerOf(aside);
  if (owner !== left && hasMoved(aside, lock)) throw new Held(owner);
  rmSync(aside, { recursive: true, force: true });
}

function remove(lock: string): void {
  const aside = `${lock}.${process.pid}`;
  renameSync(lock, aside);
  rmSync(aside, { recursive: true });
}

/** Renames a folder, unless something stands there, or it is gone. */
function hasMoved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM', 'ENOENT'].includes(code)) return false;
    throw error;
  }
}

/** Another process holds a lock. */
class Held extends Error {
  readonly owner: number | undefined;

  constructor(owner: number | undefined) {
    super('held');
    this.owner = owner;
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
