import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { objectAddress, parseToken, type Bytes, type MediaHead } from '../../src/vault/index.ts';
import type { Unwrapped } from '../../src/gate/store.ts';
import { tokenOf } from '../lib/site.ts';

vi.stubGlobal('__BASE__', '/');
const { unwrapAccess, renewAccess } = await import('../../src/gate/access.ts');
const { openPath } = await import('../../src/worker/open.ts');
const { readSegment } = await import('../../src/worker/stream.ts');
const { forgetOpened } = await import('../../src/worker/once.ts');

/** A host that serves a folder, except for files that a test has replaced. */
export class Host {
  readonly #folder: string;
  readonly #replaced = new Map<string, Bytes>();

  constructor(folder: string) {
    this.#folder = folder;
    vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(this.file(url.slice(1)))));
  }

  /** Returns what the host currently serves at a path. */
  file(path: string): Bytes {
    return this.#replaced.get(path) ?? new Uint8Array(readFileSync(join(this.#folder, path)));
  }

  object(name: string): Bytes {
    return this.file(objectAddress(name));
  }

  /** Runs `look` while the host serves other bytes at a path. */
  async with<T>(path: string, bytes: Bytes, look: () => Promise<T>): Promise<T> {
    this.#replaced.set(path, bytes);
    forgetOpened();
    try {
      return await look();
    } finally {
      this.#replaced.delete(path);
      forgetOpened();
    }
  }
}

/** Enters with the door's own code. */
export async function enter(id = 'anna', seen?: Bytes) {
  return unwrapAccess('/', parseToken(await tokenOf(id))!, seen);
}

/** Checks `root` again with the worker's own code. */
export function renew(held: Unwrapped) {
  return renewAccess('/', held);
}

/** Returns what the worker's code gets for a path: all bytes, or the reason why there are none. */
export async function read({ access }: Unwrapped, path: string): Promise<Bytes | string> {
  const opened = await openPath(access, path);
  if (typeof opened === 'string') return opened;
  return 'bytes' in opened ? opened.bytes : readAll(opened.head);
}

/** Returns what the worker's code gets for a media head. */
export async function headOf({ access }: Unwrapped, path: string): Promise<MediaHead> {
  const opened = await openPath(access, path);
  if (typeof opened === 'string' || !('head' in opened)) throw new Error(`${path} is no media`);
  return opened.head;
}

async function readAll(head: MediaHead): Promise<Bytes | string> {
  const parts: Bytes[] = [];
  try {
    for (const index of head.segments.keys()) parts.push(await readSegment(head, index));
  } catch {
    return 'broken';
  }
  return new Uint8Array(Buffer.concat(parts));
}
