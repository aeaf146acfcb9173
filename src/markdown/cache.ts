import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

/** A folder of files named by the digest of what they were made from. Losing any of them only costs time. */
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

  /** What was kept under a name, or undefined where there is nothing or nothing readable. */
  readJson(name: string): unknown {
    try {
      return JSON.parse(readFileSync(this.path(name), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Keeps bytes or text under a name, so that a killed process leaves the whole or nothing. */
  write(name: string, content: string | Uint8Array): void {
    const path = this.path(name);
    const staged = `${path}.${process.pid}-${threadId}`;
    writeFileSync(staged, content);
    renameSync(staged, path);
  }
}

/** SHA-256 of the parts one after another, each with its length before it, in hex. */
export function digestOf(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}
