import { randomBytes } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
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
 * The lock is a folder with the number of its process in a file, which comes in one rename: nobody meets it half made,
 * and a folder that has something in it can't be renamed over. Each file has a name of its own: whoever takes away what a
 * process has left takes nothing from the next, however late they are.
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
  const mine = randomBytes(8).toString('hex');
  for (;;) {
    try {
      take(lock, mine);
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
    remove(lock, [mine]);
  }
}

function take(lock: string, mine: string): void {
  const own = `${lock}.${process.pid}`;
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own);
  try {
    writeFileSync(join(own, mine), String(process.pid));
    if (hasMoved(own, lock)) return;
    const left = ownersOf(lock);
    const holder = [...left.values()].find((owner) => owner !== process.pid && isRunning(owner));
    if (holder !== undefined) throw new Held(holder);
    remove(lock, left.keys());
    if (!hasMoved(own, lock)) throw new Held([...ownersOf(lock).values()][0]);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** What lies in a lock, with the number of the process that it names; no process has NaN. */
function ownersOf(lock: string): Map<string, number> {
  return new Map(filesIn(lock).map((file) => [file, ownerIn(join(lock, file))]));
}

function filesIn(lock: string): string[] {
  try {
    return readdirSync(lock);
  } catch {
    // Gone, or no folder.
    return [];
  }
}

function ownerIn(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}

/** Takes these files out of a lock, and the lock away unless somebody has taken it since. */
function remove(lock: string, files: Iterable<string>): void {
  for (const file of files) rmSync(join(lock, file), { recursive: true, force: true });
  try {
    if (lstatSync(lock).isDirectory()) rmdirSync(lock);
    // Somebody has put a file there; one that is a folder by now stays.
    else unlinkSync(lock);
  } catch {
    // It is gone, or not empty.
  }
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
  // To the system, 0 and less are groups of processes.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is running too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
