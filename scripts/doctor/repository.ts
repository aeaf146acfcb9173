import { error, ok, unknown, warning, type Diagnosis } from './finding.ts';
import { openGit } from './git.ts';

/** Looks at where the content's repository goes: whoever can read it reads all that the gate closes. */
export function examineRepository(root: string): Diagnosis[] {
  const git = openGit(root);
  if (!git) return [unknown('repository', 'this folder is in no git repository')];
  const remotes = (git.run(['remote']) ?? '').split('\n').filter((name) => name !== '');
  if (remotes.length === 0) return [ok('repository', 'has no remote')];
  return remotes.map((name) => {
    const url = webAddressOf(git.run(['remote', 'get-url', name]) ?? '');
    if (!url) return unknown('repository', `${name} is not on a web host`);
    const anyone = git.run(['-c', 'credential.helper=', 'ls-remote', '--heads', url]);
    if (anyone === null)
      return ok('repository', `${name}: strangers can't read ${url}, or it can't be reached`);
    return warning(
      'repository',
      `${name}: anyone can read ${url}, and with it every piece that is for members`,
      'make the repository private',
    );
  });
}

/** Looks at what of a member's is in the tree that should not be. */
export function examineTree(root: string): Diagnosis[] {
  const git = openGit(root);
  if (!git) return [];
  const found = git.run(['grep', '--untracked', '-I', '-l', '-E', '#key=kb_[0-9A-Za-z_-]{20,}']);
  if (!found) return [];
  return [
    error(
      'links',
      `a member's link stands in ${found.split('\n').join(', ')}`,
      'take it out, and give them a new one: npm run members -- reissue ID',
    ),
  ];
}

/** How a stranger would ask for it: without a user, over https where the remote is reached by ssh. */
function webAddressOf(remote: string): string | null {
  const ssh = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)(?::\d+)?[:/](.+)$/.exec(remote);
  if (ssh) return `https://${ssh[1]!}/${ssh[2]!}`;
  const url = URL.parse(remote);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href;
}
