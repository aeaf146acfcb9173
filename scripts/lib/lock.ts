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
  /** Who may hold the lock, for the message. */
  holder?: string;
  /** How long to wait for the lock, in milliseconds. */
  patience?: number;
}

/**
 * Runs `job` while this process holds the lock, which no other process of this machine then can. The lock of a process
 * that is gone is taken over.
 *
 * The lock is a folder that contains one file with the owner's process id. It is put in place by one rename, so nobody
 * ever sees it half made, and a folder with something in it can't be renamed over. Each owner's file has a random name,
 * so a process that removes the leftovers of a dead one, however late, can't remove the file of the next owner.
 *
 * @throws CommandError when another process holds the lock; the error of the system when the folder can't be made
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

/** Returns the files in a lock with the process id that each names, or NaN, which is no process's. */
function ownersOf(lock: string): Map<string, number> {
  return new Map(filesIn(lock).map((file) => [file, ownerIn(join(lock, file))]));
}

function filesIn(lock: string): string[] {
  try {
    return readdirSync(lock);
  } catch {
    // Gone, or not a folder.
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

/** Removes these files from a lock, then the lock itself, unless another process has taken it since. */
function remove(lock: string, files: Iterable<string>): void {
  for (const file of files) rmSync(join(lock, file), { recursive: true, force: true });
  try {
    if (lstatSync(lock).isDirectory()) rmdirSync(lock);
    // Not a folder but a file. If it has become a folder by now, it stays.
    else unlinkSync(lock);
  } catch {
    // It is gone, or not empty.
  }
}

/** Renames a folder. Returns false if something is in the way, or the folder is gone. */
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

/** Thrown when another process holds a lock. */
class Held extends Error {
  readonly owner: number | undefined;

  constructor(owner: number | undefined) {
    super('held');
    this.owner = owner;
  }
}

/** Whether a process with this id is running on this machine, under any user. A zombie is not. */
export function isRunning(pid: number): boolean {
  // The system takes 0 and negative numbers for process groups.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // The process exists but belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/**
 * Whether a process has ended, but its parent has not asked how. It can still be signalled, and it stays for ever in a
 * container whose first process doesn't wait for orphans.
 */
function isZombie(pid: number): boolean {
  try {
    // The name in parentheses may contain anything; the state is the letter behind it (proc_pid_stat(5)).
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // Systems other than Linux have no such file.
    return false;
  }
}
