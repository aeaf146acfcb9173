import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { openFolder } from './folder.ts';
import { openRemote } from './rsync.ts';
import { openBucket } from './s3.ts';
import type { Target } from './target.ts';

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
