import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

/** A folder of files named by the digest of their source. Any of them can be deleted; it only costs time. */
export class Cache {
  readonly folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  /** Returns the JSON stored under a name, or undefined if it is missing or unreadable. */
  readJson(name: string): unknown {
    try {
      return JSON.parse(readFileSync(this.path(name), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Stores bytes or text under a name. The write is atomic: a killed process leaves the whole file or none. */
  write(name: string, content: string | Uint8Array): void {
    const path = this.path(name);
    const staged = `${path}.${process.pid}-${threadId}`;
    writeFileSync(staged, content);
    renameSync(staged, path);
  }
}

/** Returns the SHA-256 digest, in hex, of the parts in order, each preceded by its length. */
export function digestOf(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}
