import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Content } from './content.ts';
import { noteOf } from '../../tests/lib/tiny.ts';
import { rulesOf, tinyFolder } from './testing.ts';

describe('a folder with nothing to publish', () => {
  const said = ({ findings }: Content) =>
    findings.map(({ level, file, message, fix }) => `${level} ${basename(file)} ${message} → ${fix}`);

  test('is reported when it is empty or holds only lists', async () => {
    const empty = [
      'warning content 内容文件夹里一篇也没有 → 用 npm run new 写第一篇，例如 npm run new -- note "标题"',
    ];
    expect(said(await tinyFolder({}).load())).toEqual(empty);
    const lists = { 'README.md': 'x', 'topics.yaml': 'a: { name: 甲, definition: x }\n' };
    expect(said(await tinyFolder(lists).load({ drafts: true }))).toEqual(empty);
  });

  test('is reported when everything is a draft or dated later', async () => {
    const { load } = tinyFolder({
      'notes/a.mdx': noteOf({ more: 'draft: true\n' }),
      'notes/b.mdx': noteOf({ more: 'draft: true\n' }),
      'notes/c.mdx': noteOf({ date: '2026-11-23' }),
    });
    expect(said(await load())).toEqual([
      'warning content 能发布的一篇也没有：2 篇是草稿，1 篇的日期还没到 → 写好的删掉 draft: true 这一行，日期改成今天或更早',
    ]);
    expect(said(await load({ date: '2026-11-23' }))).toEqual([]);
    expect(said(await load({ drafts: true }))).toEqual([]);
  });

  test('is not reported when its only entry has an error', async () => {
    expect(rulesOf(await tinyFolder({ 'notes/a.mdx': 'x' }).load())).toEqual([
      'notes/a.mdx:1 front-matter-missing',
    ]);
  });
});

test('ignores files that operating systems and Word leave behind', async () => {
  const content = await tinyFolder({
    'notes/a/index.mdx': noteOf(),
    'notes/a/Thumbs.db': 'x',
    'notes/.DS_Store': 'x',
    'notes/desktop.ini': 'x',
    'notes/~$方案.docx': 'x',
  }).load();
  expect(rulesOf(content)).toEqual([]);
});

test.each([
  ['notes/index.mdx', '换一个文件名，例如 notes/文章名.mdx；有图片的文章写成 notes/文章名/index.mdx'],
  ['notes/b.mdx.txt', '文章的文件名以 .mdx 结尾，改名成 b.mdx；电脑上看不到 .txt 的话，先让它显示文件扩展名'],
  [
    'notes/b.docx',
    '是稿子就用 npm run import 变成文章；是附件就放到 notes/文章名/ 里，文章写成 notes/文章名/index.mdx',
  ],
  ['notes/b.png', '放到 notes/文章名/ 里，文章写成 notes/文章名/index.mdx'],
])('says where %s among the notes belongs: %s', async (path, fix) => {
  const { findings } = await tinyFolder({ 'notes/a.mdx': noteOf(), [path]: 'x' }).load();
  expect(findings.map((finding) => finding.fix)).toEqual([fix]);
});

describe('reading a folder', () => {
  test('refuses symbolic links to files and to folders', async () => {
    const { root, around, load } = tinyFolder({ 'notes/a.mdx': noteOf() });
    writeFileSync(join(around, 'secret.mdx'), noteOf());
    mkdirSync(join(around, 'outside'));
    writeFileSync(join(around, 'outside/x.mdx'), noteOf());
    symlinkSync(join(around, 'secret.mdx'), join(root, 'notes/b.mdx'));
    symlinkSync(join(around, 'outside'), join(root, 'people'));
    symlinkSync(join(around, 'nothing'), join(root, 'topics.yaml'));
    const content = await load();
    expect(rulesOf(content)).toEqual(['notes/b.mdx:1 symlink', 'people:1 symlink', 'topics.yaml:1 symlink']);
    expect(content.entries.map(({ id }) => id)).toEqual(['notes/a']);
  });

  test.skipIf(process.platform === 'win32')('refuses a pipe', async () => {
    const { root, load } = tinyFolder({ 'notes/a.mdx': noteOf() });
    execFileSync('mkfifo', [join(root, 'notes/b.mdx')]);
    expect(rulesOf(await load())).toEqual(['notes/b.mdx:1 special-file']);
  });

  test('refuses files that are too large, without reading them', async () => {
    const { root, load } = tinyFolder({ 'notes/a.mdx': noteOf(), 'topics.yaml': '' });
    // More than Node can read at once: reading it would throw.
    for (const file of ['notes/a.mdx', 'topics.yaml']) truncateSync(join(root, file), 3 * 1024 ** 3);
    const content = await load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:1 file-too-large', 'topics.yaml:1 file-too-large']);
    expect(content.findings.map(({ fix }) => fix)).toEqual([
      '拆成几个文件；图片和录音单独放，不写进正文',
      '删掉不再用的；这个文件不能拆开',
    ]);
  });

  test('refuses a file that is not UTF-8', async () => {
    const gbk = Buffer.concat([Buffer.from(noteOf({ body: '正文' })), Buffer.from([0xd6, 0xd0, 0xce, 0xc4])]);
    const content = await tinyFolder({ 'notes/a.mdx': gbk, 'topics.yaml': gbk }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:6 not-utf8', 'topics.yaml:6 not-utf8']);
  });

  test('accepts a byte order mark', async () => {
    const content = await tinyFolder({ 'notes/a.mdx': `\ufeff${noteOf({ body: '正文' })}` }).load();
    expect(rulesOf(content)).toEqual([]);
    expect(content.entries[0]!.html).toBe('<p>正文</p>');
  });

  test('refuses front matter in a language that would run', async () => {
    const { root, around, load } = tinyFolder({});
    const ran = join(around, 'ran');
    mkdirSync(join(root, 'notes'));
    writeFileSync(
      join(root, 'notes/a.mdx'),
      `---js\n{ title: require('fs').writeFileSync('${ran}', '') }\n---\n`,
    );
    expect(rulesOf(await load())).toEqual(['notes/a.mdx:1 front-matter-language']);
    expect(existsSync(ran)).toBe(false);
  });
});
