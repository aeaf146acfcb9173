import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { site } from '../../src/site.ts';
import { CommandError } from './main.ts';

/**
 * What no host serves as something that a browser runs or renders as a page. A list of what is harmless, not of what is
 * not: hosts map `.svgz`, `.rss` or `.shtml` to active types too, and guess the type of names that they don't know.
 */
const harmless =
  /\.(?:avif|csv|gif|ico|jpe?g|json|m4a|md|mp[34]|otf|pdf|png|ttf|txt|webmanifest|webp|woff2?|zip)$|^(?:CNAME|_headers|_redirects|\.nojekyll|\.well-known\/apple-app-site-association)$/i;

/** Where a build or a publish puts its own; in any case, as some hosts don't tell them apart. */
const taken = /^(?:root|sw\.js|(?:a|door|media|o|pagefind|publish)(?:\/.*)?)$/i;

/**
 * Lists `public/`, whose files are published as they are. They may have come with a contribution: what is no file of its
 * own, is of a kind that nobody has named, or would stand in the place of something of ours is refused.
 *
 * @param active - paths of those that may be of any kind
 * @returns paths below the folder, with `/`; none where there is no such folder
 * @throws CommandError naming the file
 */
export function listCopied(folder: string, active: readonly string[] = site.activeFiles): Set<string> {
  const files = new Set<string>();
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below + entry.name;
      const refuse = (why: string) => new CommandError(`public/${path}: ${why}`);
      // What a link points at would be copied: a file of this machine, and the site's secret is one.
      if (!entry.isFile() && !entry.isDirectory())
        throw refuse('is a link or a special file; put a copy of the file itself there');
      if (taken.test(path)) throw refuse('a build puts its own there; give the file or folder another name');
      if (entry.isDirectory()) walk(`${path}/`);
      else if (isCopyable(path, active)) files.add(path);
      else
        throw refuse(
          'browsers may run such files, or hosts guess what they are; list it in src/site.ts (activeFiles) or remove it',
        );
    }
  };
  if (existsSync(folder)) walk('');
  return files;
}

/** Whether a file may stand in `public/`, by its path there. */
export function isCopyable(path: string, active: readonly string[] = site.activeFiles): boolean {
  return harmless.test(path) || active.includes(path);
}
