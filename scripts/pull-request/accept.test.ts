import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { issueToken } from '../../src/vault/index.ts';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { hostFiles } from '../publish/hosts.ts';
import { acceptPreview } from './accept.ts';

const token = await issueToken(new Uint8Array(32), 'preview', 1);
let folder: string;

const put = (path: string, text: string) => writeFiles(folder, { [path]: text });

// The smallest folder that is accepted as a site of ours.
beforeEach(() => {
  folder = temporaryFolder();
  put('key', `${token}\n`);
  put('site/root', '{"format":1}');
  put('site/a/_slug_.astro.js', '');
});

const accept = () => acceptPreview(folder, 'https://run-1.kb.example');

test('a preview made by our build is accepted', () => {
  expect(accept()).toContain(`https://run-1.kb.example/#key=${token}`);
});

test('our own headers file is accepted', () => {
  put('site/_headers', hostFiles()._headers!);
  expect(accept()).toContain(`#key=${token}`);
});

test('an attachment of a public piece is accepted under the name that its writer gave it', () => {
  put('site/media/0123456789abcdef0123/报名表（第 2 版）.xlsx', '');
  expect(accept()).toContain(`#key=${token}`);
});

const refused: Record<string, () => void> = {
  'a worker of the host': () => put('site/_worker.js', 'export default {}'),
  'functions of the host': () => put('site/functions/a.js', 'export const onRequest = 0'),
  'routes of the host': () => put('site/_routes.json', '{}'),
  'redirects of the host': () => put('site/_redirects', '/* https://evil.example/ 301'),
  'headers of its own': () => put('site/_headers', '/*\n  Set-Cookie: a=b'),
  'a hidden file': () => put('site/.well-known/a', ''),
  'the name of an attachment elsewhere': () => put('site/media/报名表.xlsx', ''),
  'the name of a page among attachments': () => put('site/media/0123456789abcdef0123/报名 表.html', ''),
  'a name with terminal control characters': () => put('site/a\u001b[2Jb', ''),
  'a name with terminal control characters of one byte': () => put('site/a\u009b2Jb', ''),
  'a name that turns the line round': () => put('site/a\u202eb', ''),
  'a name that is a command to the log of a workflow': () => put('site/##[add-mask]a', ''),
  'a file larger than hosts accept': () => put('site/large', 'a'.repeat(26_214_401)),
  'more files than a host accepts': () => {
    for (let i = 0; i < 20_001; i++) put(`site/o/${i}`, '');
  },
  'a link': () => symlinkSync('/etc/passwd', join(folder, 'site/link')),
  'a link to a folder': () => symlinkSync('/etc', join(folder, 'link')),
  'a link in place of a key': () => {
    rmSync(join(folder, 'key'));
    symlinkSync('/etc/hostname', join(folder, 'key'));
  },
  'a key that is Markdown': () => put('key', '[x](https://evil.example/)'),
  'a folder without a site': () => rmSync(join(folder, 'site/root')),
};

test.each(Object.entries(refused))('%s is refused', (_, plant) => {
  plant();
  // One line without terminal control characters, and without `##[`, which GitHub obeys anywhere in a line.
  expect(accept).toThrow(/^pull-request: (?:(?!##\[)[ -~…’])*: not deployed$/);
});
