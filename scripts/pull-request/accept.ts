import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isAttachmentName } from '../../src/markdown/attachable.ts';
import { parseToken } from '../../src/vault/index.ts';
import { readIfThere } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { isSite } from '../lib/output.ts';
import { hostFiles } from '../publish/hosts.ts';
import { previewParts } from './preview.ts';

/** The limits of Cloudflare Pages for one upload. */
const MOST = { files: 20_000, bytes: 25 * 1024 * 1024 };

/** Names that a build of ours gives to files and folders. Only attachments have the names that their writers gave them. */
const NAME = /^[a-z0-9_][a-z0-9._-]*$/i;
/** The folder of an attachment, in the site. */
const ATTACHED = /^media[\\/][0-9a-f]{20}$/;
/** Names with a special meaning for Cloudflare Pages at the top of a site. */
const OBEYED = /^(?:_.*|functions)$/i;

/**
 * Accepts a preview that another run has built from contributed code, so its folder may contain anything. It refuses
 * every name that no build of ours writes, above all those that the host would run or obey, and adds our headers. It
 * runs nothing.
 *
 * @param site - the address of the preview
 * @returns a line for reviewers, in Markdown
 * @throws CommandError naming the first file that is refused
 */
export function acceptPreview(folder: string, site: string | undefined): string {
  if (site === undefined)
    throw new CommandError('pull-request: KB_SITE is not set; set it to the address of the preview', 2);
  const files = join(folder, previewParts.site);
  const headers = hostFiles()._headers!;
  // A community whose own site is on such a host has this file in public/.
  const isOurs = (path: string) =>
    path === join(files, '_headers') && lstatSync(path).isFile() && readFileSync(path, 'utf8') === headers;
  let count = 0;
  const walk = (path: string) => {
    const state = lstatSync(path);
    const refuse = (why: string) => {
      throw new CommandError(`pull-request: ${quoted(path)} ${why}: not deployed`);
    };
    if (state.isDirectory()) {
      for (const name of readdirSync(path)) {
        const below = join(path, name);
        const isAttachment = ATTACHED.test(relative(files, path)) && isAttachmentName(name);
        if ((!NAME.test(name) && !isAttachment) || (path === files && OBEYED.test(name) && !isOurs(below)))
          refuse(`contains ${quoted(name)}`);
        walk(below);
      }
    } else if (!state.isFile()) refuse('is not a regular file');
    else if (state.size > MOST.bytes)
      refuse(`has ${state.size} bytes, but at most ${MOST.bytes} are allowed`);
    else if (++count > MOST.files) refuse(`exceeds the limit of ${MOST.files} files`);
  };
  walk(folder);
  if (!isSite(files)) throw new CommandError(`pull-request: ${files} does not contain a site: not deployed`);
  const key = readIfThere(join(folder, previewParts.key));
  const token = key && parseToken(Buffer.from(key).toString());
  if (!token) throw new CommandError('pull-request: the preview’s key is not a valid key: not deployed');
  writeFileSync(join(files, '_headers'), headers);
  return `## 预览\n\n${site}/#key=${token.text}\n\n钥匙只开这一份预览。`;
}

/** Quotes a foreign name for a log: GitHub obeys commands in it, such as `##[add-mask]`, and terminals obey others. */
function quoted(name: string): string {
  return `"${name.replace(/[^\w./ -]/g, '?')}"`;
}
