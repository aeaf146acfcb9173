import type { Bytes } from '../../src/vault/index.ts';

/**
 * A place that a web server publishes. Paths are those of `dist/`: relative, with `/`.
 *
 * Files are written atomically: a visitor, and a second run after a kill, see the old bytes or the new ones.
 */
export interface Target {
  /** As the operator named it. */
  name: string;
  /** Lists every file whose path starts with `prefix`, which is a folder with its `/`, or empty. */
  list(prefix: string): Promise<Map<string, Stored>>;
  /** As `list`, but with the time at which each file was written there, in milliseconds, by the target's own clock. */
  times(prefix: string): Promise<Map<string, number>>;
  /** Returns the file's bytes, or null if there is none. */
  read(path: string): Promise<Bytes | null>;
  /** Copies `paths` from the local `folder`. Calls `arrived` after each file. */
  write(folder: string, paths: string[], arrived?: () => void): Promise<void>;
  /** Removes files. A missing file counts as removed. */
  remove(paths: string[]): Promise<void>;
}

export interface Stored {
  size: number;
  /** MD5 in hex, to detect changed files; unknown for sealed files, whose names depend on their content. */
  md5?: string;
}

/** The folder in which a target keeps incomplete files. Nothing in it counts as published. */
export const incoming = 'publish/incoming';
/** The folder in which publishers keep their claims. */
export const claims = 'publish/claims';

/**
 * Publishers' own folders, in which a publish removes files, whoever put them there. A link in place of one would lead
 * it to files elsewhere, and others may be able to write into the target, such as the web server.
 */
export const publishersOwn = ['publish', claims, incoming];
/** What to say of a link there. */
export const linkInstead = 'is a link; remove it: a publish removes files in there';
