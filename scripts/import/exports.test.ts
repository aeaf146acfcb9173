import fc from 'fast-check';
import JSZip from 'jszip';
import { cpSync, mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/markdown/compile.ts';
import type { Form } from '../../src/model/form.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { adaptDocument } from './adapt.ts';
import { readHtml, readMarkdown } from './document.ts';
import { writeMdx } from './mdx.ts';
import { fixture, imported, TODAY } from './testing.ts';

const digest = { title: '第 47 周', 'people.editor': 'linxia' };

describe('an export is imported as expected, with a list of what was lost', () => {
  // Compare these with the fixtures when they change; `vitest -u` writes them.
  test.each([
    ['yuque', 'yuque/cold-start.md', 'notes', {}],
    ['feishu', 'feishu/meeting.md', 'notes', {}],
    ['word', 'report.docx', 'notes', {}],
    ['word-parts', 'memo.docx', 'notes', {}],
    ['web', 'hostile.html', 'notes', {}],
    ['web-form', 'form.html', 'notes', {}],
    ['chat-json', 'odd.json', 'digests', digest],
    ['chat-phone', 'phone.txt', 'digests', digest],
    ['chat-relative', 'relative.txt', 'digests', digest],
    ['chat-names', 'names.txt', 'digests', digest],
    ['captions-gb18030', 'gb18030.srt', 'talks', {}],
  ] as const)('%s', async (name, file, form, flags) => {
    await isAsExpected(name, await imported(fixture(file), form, flags));
  });

  test('notion', async () => {
    // Such a name, with Han characters, spaces and 32 digits, would trouble some of our tools as a fixture.
    const name = '三行公告 1f2e3d4c5b6a79889796a5b4c3d2e1f0';
    const folder = temporaryFolder();
    cpSync(fixture('notion/page.md'), join(folder, `${name}.md`));
    cpSync(fixture('notion/files'), join(folder, name), { recursive: true });
    renameSync(join(folder, name, 'untitled.png'), join(folder, name, 'Untitled.png'));
    renameSync(join(folder, name, 'runsheet.csv'), join(folder, name, '流程 bbbb.csv'));
    await isAsExpected('notion', await imported(join(folder, `${name}.md`), 'notes'));
  });
});

async function isAsExpected(name: string, { entry, body, lost }: Awaited<ReturnType<typeof imported>>) {
  const left = lost.map((line) => `- ${line}\n`).join('');
  const written = `${entry.title}\n\n${body}\n没有带过来或要核对的：\n${left}`;
  await expect(written).toMatchFileSnapshot(join(import.meta.dirname, 'expected', `${name}.md`));
}

test.each([
  ['empty.md', '', 'notes', '文件是空的'],
  ['blank.txt', ' \n\n', 'digests', '文件是空的'],
  ['comment.html', '<!-- 没有 -->', 'notes', '没有能带过来的内容'],
  ['picture.html', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000', 'hex'), 'notes', '不是文字'],
  ['torn.docx', 'PK\u0003\u0004 torn', 'notes', '另存为 .docx'],
  ['old.doc', 'x', 'notes', '不会读旧的 .doc → 用 Word 或 WPS 打开，另存为 .docx'],
  ['方案.wps', 'x', 'notes', '不会读 .wps → 用 Word 或 WPS 打开，另存为 .docx'],
  ['手册.PDF', 'x', 'notes', '不会读 .pdf → 导入它原来的 Word 文件'],
  ['预算.xlsx', 'x', 'notes', '不会读 .xlsx → 复制到 Word 里'],
  ['导出.zip', 'x', 'notes', '不会读 .zip → 先解压'],
  ['直播.m4a', 'x', 'talks', '不会读 .m4a → 先转成字幕'],
  ['截图.heic', 'x', 'notes', '不会读 .heic → 图片放到文章的文件夹里'],
  ['字幕.ass', 'x', 'talks', '不会读 .ass → 另存为 .srt'],
  ['没有扩展名', 'x', 'notes', '文件名没有扩展名 → 可以导入 .vtt、.srt'],
  ['long.md', '字'.repeat(700_000), 'notes', '分成几个'],
  ['words.txt', '没有人说话', 'digests', '没有读得懂的聊天记录'],
  ['odd.json', '[{"time": "昨天", "name": "林夏", "text": "好"}]', 'digests', '第 1 条'],
] as const)('%s is refused in one line', async (name, content, form: Form, reason) => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  await expect(imported(file, form, form === 'digests' ? digest : {})).rejects.toMatchObject({
    code: 2,
    message: expect.stringContaining(reason) as string,
  });
});

test('unknown styles of a Word file are listed in one line', async () => {
  const file = await wordFile(['First Paragraph', 'Compact'], ['First Paragraph', 'Compact'].map(styled));
  const { lost } = await imported(file, 'notes', { title: '样式' });
  expect(lost).toEqual(['Word 的样式“First Paragraph”“Compact”没有带过来，文字留下了']);
});

test('a list that Word itself has made keeps its items and levels: its style is the one of list paragraphs', async () => {
  const item = (level: number, text: string) =>
    `<w:p><w:pPr><w:pStyle w:val="s0"/><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
  const file = await wordFile(
    ['List Paragraph'],
    [item(0, '名单'), item(1, '桌长'), item(0, '桌卡'), styled('没有编号的一段', 0)],
  );
  const { body, lost } = await imported(file, 'notes', { title: '列表' });
  expect(body).toBe('- 名单\n  - 桌长\n- 桌卡\n\n没有编号的一段\n');
  expect(lost).toEqual([]);
});

test('the title of a Word document is read as it is shown there', async () => {
  const file = await wordFile(['Title'], [styled('R&amp;D &lt;第一版&gt;', 0), styled('正文。', 1)]);
  const { entry } = await imported(file, 'notes');
  expect(entry.title).toBe('R&D <第一版>');
});

/** Returns a paragraph of Word with the style of this number. */
const styled = (text: string, style: number) =>
  `<w:p><w:pPr><w:pStyle w:val="s${style}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

/** Writes a Word file with these styles and paragraphs, and a list of bullets with the number 1. */
async function wordFile(styles: string[], paragraphs: string[]): Promise<string> {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const related = (targets: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets.map((target, at) => `<Relationship Id="r${at}" Type="${TYPES}/${target.replace(/^word\/(document)\.xml$/, 'officeDocument').replace('.xml', '')}" Target="${target}"/>`).join('')}</Relationships>`;
  const levels = [0, 1].map((level) => `<w:lvl w:ilvl="${level}"><w:numFmt w:val="bullet"/></w:lvl>`);
  const zip = new JSZip();
  zip.file('_rels/.rels', related(['word/document.xml']));
  zip.file('word/_rels/document.xml.rels', related(['styles.xml', 'numbering.xml']));
  zip.file(
    'word/styles.xml',
    `<w:styles ${W}>${styles.map((name, at) => `<w:style w:type="paragraph" w:styleId="s${at}"><w:name w:val="${name}"/></w:style>`).join('')}</w:styles>`,
  );
  zip.file(
    'word/numbering.xml',
    `<w:numbering ${W}><w:abstractNum w:abstractNumId="0">${levels.join('')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
  );
  zip.file('word/document.xml', `<w:document ${W}><w:body>${paragraphs.join('')}</w:body></w:document>`);
  const file = join(temporaryFolder(), 'a.docx');
  writeFileSync(file, await zip.generateAsync({ type: 'nodebuffer' }));
  return file;
}

test('a picture that Markdown has as a tag within a sentence is read as HTML', async () => {
  const folder = temporaryFolder();
  cpSync(fixture('notion/files/untitled.png'), join(folder, 'a&b.png'));
  const file = join(folder, 'a.md');
  writeFileSync(file, "看<img width=9 alt='R&amp;D &quot;图&quot;' src=a&amp;b.png>这里。\n");
  const { body, lost } = await imported(file, 'notes', { title: '图' });
  expect([body, lost]).toEqual(['看![R\\&D "图"](./image-1.png)这里。\n', []]);
});

test('a picture whose name has a bare percent sign is found', async () => {
  const folder = temporaryFolder();
  cpSync(fixture('notion/files/untitled.png'), join(folder, '增长100%.png'));
  const file = join(folder, 'a.md');
  writeFileSync(file, '![增长](增长100%.png)\n');
  const { body, lost } = await imported(file, 'notes', { title: '图' });
  expect([body, lost]).toEqual(['![增长](./image-1.png)\n', []]);
});

test('paragraphs and list items in one cell of a table stay apart', async () => {
  const file = join(temporaryFolder(), 'a.html');
  writeFileSync(
    file,
    '<table><tr><th>甲</th><th>乙</th></tr><tr><td><p>一</p><p>二</p></td><td><ul><li>三</li><li>四</li></ul>五<br>六</td></tr></table>',
  );
  const { body } = await imported(file, 'notes', { title: '表' });
  expect(body.split('\n')[2]).toMatch(/^\| 一 二 +\| 三 四 五 六 \|$/);
});

test('of a saved WeChat article come the title, the text and the pictures that the browser saved', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a_files'));
  cpSync(fixture('notion/files/untitled.png'), join(folder, 'a_files', '640.png'));
  writeFileSync(
    join(folder, 'a.html'),
    `<html><head><title></title><script>var a=1</script><style>p{}</style></head><body><div><h1 id="activity-name">
      公告只写三行 </h1><a href="javascript:void(0);">运营精华</a><em id="publish_time">2026-11-20</em>
      <div id="js_content" style="visibility: hidden"><section><p>转化 &lt;3%，{昵称}。</p></section>
      <p><img src="./a_files/640.png" data-src="https://mmbiz.qpic.cn/640" alt="座位"></p>
      <p><img src="data:image/svg+xml,x" data-src="https://mmbiz.qpic.cn/641" alt="流程"></p>
      <iframe data-src="https://v.qq.com/x"></iframe></div></div>
      <div id="js_pc_qr_code">微信扫一扫</div></body></html>`,
  );
  const { entry, body, files, lost } = await imported(join(folder, 'a.html'), 'notes');
  expect(entry.title).toBe('公告只写三行');
  expect(body).toBe(
    '转化 \\<3%，\\{昵称}。\n\n![座位](./image-1.png)\n\n[［图：流程］](https://mmbiz.qpic.cn/641)\n',
  );
  expect([...files.keys()]).toEqual(['image-1.png']);
  expect(lost).toEqual([
    '公众号的名字、日期、二维码和按钮没有带过来，只有标题和正文',
    'HTML 的 <iframe> 没有带过来：https://v.qq.com/x',
    '图片在别的网站上，留下了链接：https://mmbiz.qpic.cn/641 → 下载到文章的文件夹里，写成 ![流程](./photo.jpg)',
  ]);
});

test('a page that Notion exports as HTML keeps its tasks and lists, and its title is not repeated', async () => {
  const file = join(temporaryFolder(), 'a.html');
  const task = (state: string, text: string) =>
    `<ul class="to-do-list"><li><div class="checkbox checkbox-${state}"></div> <span>${text}</span></li></ul>`;
  writeFileSync(
    file,
    `<html><head><title>公告只写三行</title></head><body><article><header><div class="page-header-icon"><span>📌</span></div><h1 class="page-title">公告只写三行</h1><table class="properties"><tbody><tr><th>Tags</th><td>社群</td></tr></tbody></table></header><div class="page-body">${task('off', '没做')}${task('on', '做了')}<p>然后</p><ol class="numbered-list" start="1"><li>一</li></ol><ol class="numbered-list" start="2"><li>二</li></ol><ol class="numbered-list" start="1"><li>另一个</li></ol><p>最后</p><ul class="bulleted-list"><li>甲</li></ul>\n<ul class="bulleted-list"><li>乙</li></ul></div></article></body></html>`,
  );
  const { entry, body, lost } = await imported(file, 'notes');
  expect(entry.title).toBe('公告只写三行');
  expect(body).toBe('- [ ] 没做\n- [x] 做了\n\n然后\n\n1. 一\n2. 二\n\n1) 另一个\n\n最后\n\n- 甲\n- 乙\n');
  expect(lost).toEqual(['属性 Tags: 社群 没有带过来']);
});

test('a Word file that is a zip bomb is refused before it fills the memory', async () => {
  const zip = new JSZip();
  zip.file('word/document.xml', new Uint8Array(101 * 1024 * 1024));
  const file = join(temporaryFolder(), 'bomb.docx');
  writeFileSync(file, await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }));
  await expect(imported(file, 'notes')).rejects.toMatchObject({
    code: 2,
    message: expect.stringContaining('解压出来太大了') as string,
  });
});

test('a file larger than any entry is refused before it is read, and so is a folder', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'huge.md'), '');
  truncateSync(join(folder, 'huge.md'), 3 * 1024 ** 3);
  await expect(imported(join(folder, 'huge.md'), 'notes')).rejects.toThrow('太大了');
  await expect(imported(folder, 'notes')).rejects.toThrow('不是文件');
});

test('files from outside the document’s folder are not imported', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.md'), '![一](../../etc/hostname.png)\n\n![二](./link.png)\n');
  symlinkSync('/etc/hostname', join(folder, 'link.png'));
  const { files, lost } = await imported(join(folder, 'a.md'), 'notes');
  expect([...files.keys()]).toEqual([]);
  expect(lost).toHaveLength(2);
});

test('a folder named like a picture or an attachment is left out, and so is a file that is too large', async () => {
  const folder = temporaryFolder();
  for (const name of ['a.png', 'b.pdf']) mkdirSync(join(folder, name));
  for (const name of ['c.png', 'd.pdf']) {
    writeFileSync(join(folder, name), '');
    truncateSync(join(folder, name), 3 * 1024 ** 3);
  }
  const text = '![一](./a.png)\n\n[二](./b.pdf)\n\n![三](./c.png)\n\n[四](./d.pdf)\n';
  writeFileSync(join(folder, 'a.md'), text);
  const { files, lost } = await imported(join(folder, 'a.md'), 'notes');
  expect([...files.keys()]).toEqual([]);
  expect(lost).toHaveLength(4);
});

const PIECES = [
  ...[
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=a>',
  ],
  ...[
    '<a href="javascript:a">',
    '</a>',
    '<table><tr><td>',
    '<!--',
    '-->',
    '<aside>',
    '</aside>',
    ':::info\n',
    ':::\n',
  ],
  ...[
    '{a}',
    '${a}',
    '<Callout type="tip">',
    '</Callout>',
    '<Members />',
    'import x from "y"\n',
    'export const a = 1\n',
  ],
  ...[
    '\n\n',
    '\n',
    '# ',
    '- ',
    '> ',
    '```\n',
    '    ',
    '**注意：**',
    '|a|b|\n|-|-|\n',
    '[^1]',
    '[^1]: ',
    '[a](<b>)',
    '$$',
  ],
  ...[
    '文字',
    'word',
    ' ',
    '\\',
    '`',
    '<',
    '>',
    '&lt;',
    '&#123;',
    '\u202e',
    '\u0000',
    '==亮==',
    '---\n',
    '<br>',
    '![](data:a)',
  ],
];

describe('any document gives an entry that passes the check', () => {
  const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(''));
  test.each([
    ['Markdown', readMarkdown],
    ['HTML', readHtml],
  ] as const)('%s', async (_, read) => {
    await fc.assert(
      fc.asyncProperty(text, async (source) => {
        const { body } = await adaptDocument(read(source), 'notes', '/nowhere/a.md');
        const entry = `---\ntitle: 一\ndate: ${TODAY}\n---\n\n${writeMdx(body)}`;
        expect(compile(entry, 'notes').findings.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
