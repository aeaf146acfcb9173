import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { looksActive } from '../../src/markdown/active.ts';
import { peek } from '../../src/markdown/folder.ts';
import { site } from '../../src/site.ts';
import { CommandError } from './main.ts';

/**
 * File names that no host serves as something a browser would run or render as a page. This is a list of harmless
 * types, not of harmful ones, because hosts also map `.svgz`, `.rss` or `.shtml` to active types, and guess the type of
 * unknown names.
 */
const harmless =
  /\.(?:avif|csv|gif|ico|jpe?g|json|m4a|md|mp[34]|otf|pdf|png|ttf|txt|webmanifest|webp|woff2?|zip)$|^(?:CNAME|_headers|_redirects|\.nojekyll|\.well-known\/apple-app-site-association)$/i;

/** Paths where a build or a publish puts its own files. Case is ignored, because some hosts ignore it. */
const taken = /^(?:root|sw\.js|(?:a|door|media|o|pagefind|publish)(?:\/.*)?)$/i;

/**
 * Lists `public/`, whose files are published unchanged. They may come from a contributor, so it refuses links and
 * special files, types that are not on a list, and paths that the build uses itself.
 *
 * @param active - paths of files that may be of any type
 * @returns paths relative to the folder, with `/`; none if there is no such folder
 * @throws CommandError naming the file
 */
export function listCopied(folder: string, active: readonly string[] = site.activeFiles): Set<string> {
  const files = new Set<string>();
  const refusal = (path: string, why: string) => new CommandError(`public/${path}: ${why}`);
  // A link would publish its target, which may be any file of this machine, even the site's secret.
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())
    throw refusal('', 'is a link; replace it with the folder itself');
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below + entry.name;
      const refuse = (why: string) => refusal(path, why);
      if (!entry.isFile() && !entry.isDirectory())
        throw refuse('is a link or a special file; replace it with a copy of the file itself');
      if (taken.test(path)) throw refuse('a build writes its own files there; rename the file or folder');
      if (entry.isDirectory()) {
        walk(`${path}/`);
        continue;
      }
      if (!isCopyable(path, active))
        throw refuse(
          'browsers may run files of this type, or hosts may guess their type; list it in src/site.ts (activeFiles) or remove it',
        );
      const { head } = peek({ root: folder }, path, Number.MAX_SAFE_INTEGER);
      if (!active.includes(path) && looksActive(head))
        throw refuse('begins like a page; list it in src/site.ts (activeFiles) or remove it');
      files.add(path);
    }
  };
  if (existsSync(folder)) walk('');
  return files;
}

/** Whether a file at this path may be in `public/`. */
export function isCopyable(path: string, active: readonly string[] = site.activeFiles): boolean {
  return harmless.test(path) || active.includes(path);
}
