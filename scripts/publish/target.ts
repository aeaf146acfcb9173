import type { Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { openFolder } from './folder.ts';
import { openBucket } from './s3.ts';
import { openRemote } from './rsync.ts';

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

export const targetHelp = `TARGET is one of
  FOLDER                                  a folder that a web server serves (nginx, Caddy)
  s3://BUCKET[/PREFIX][?endpoint=URL&region=NAME&path-style=true]
                                          S3-compatible storage (AWS, Aliyun OSS, Tencent COS); credentials as for the
                                          AWS tools: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY or a profile
  ssh://[USER@]HOST[:PORT]/FOLDER         rsync over ssh; keys and hosts as in ~/.ssh/config`;

/**
 * Opens the target that `--to` names.
 *
 * @throws CommandError (2) when it names no target that we support
 */
export function openTarget(to: string, settings: Pick<Settings, 'root' | 'out' | 'content'>): Target {
  const scheme = /^([a-z0-9+.-]+):\/\//i.exec(to)?.[1];
  if (scheme === undefined) {
    assertLocal(to);
    return openFolder(to, settings);
  }
  if (scheme === 's3') return openBucket(to);
  if (scheme === 'ssh') return openRemote(to);
  throw new CommandError(`publish: "${scheme}://" is not a supported target\n${targetHelp}`, 2);
}

/** @throws CommandError (2) when the name is in another program's syntax; it would become a folder of that name */
function assertLocal(to: string): void {
  const remote = /^([\w.-]+@[\w.-]+|[\w.-]{2,}):(.*)$/.exec(to);
  if (remote) {
    const [, host = '', folder = ''] = remote;
    throw new CommandError(
      `publish: "${to}" is in scp syntax; write ssh://${host}/${folder.replace(/^\/+/, '')}, with the full path`,
      2,
    );
  }
  if (to.startsWith('~'))
    throw new CommandError(`publish: "${to}": the shell did not expand ~ to a folder`, 2);
}
