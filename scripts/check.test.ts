import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { components } from '../src/markdown/components/all.ts';
import { FORMS } from '../src/model/form.ts';
import { initRepository } from '../tests/lib/repository.ts';
import { writeFiles } from '../tests/lib/site.ts';
import { temporaryFolder } from '../tests/lib/temporary-folder.ts';
import { projectRoot } from './lib/settings.ts';

const guide = readFileSync(join(projectRoot, 'CONTRIBUTING.md'), 'utf8');

/** Returns the guide's examples. Each one follows the path where it is to be stored. */
function examples(): [path: string, text: string][] {
  return [...guide.matchAll(/^`content\/([\w./-]+)`：\n\n```\w+\n(.*?)^```$/gms)].map(([, path, text]) => [
    path!,
    text!,
  ]);
}

/** Makes a content folder with these files. It is removed after the test. */
function folderOf(files: [path: string, content: string | Buffer][]): string {
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(files));
  return folder;
}

/** Checks a folder with the command, as people run it. */
function check(folder: string, ...args: string[]) {
  return checkUnder({}, folder, ...args);
}

function checkUnder(environment: Record<string, string>, folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check.ts', ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...environment, KB_CONTENT: folder, KB_DATE: '2026-11-22' },
    encoding: 'utf8',
  });
  return { status, output: stdout.replaceAll(`${folder}/`, '') + stderr };
}

const sample = (path: string) => readFileSync(join(projectRoot, 'content', path));

test('every example of the guide passes the check without a finding', () => {
  const written = examples();
  const entries = written.filter(([path]) => path.endsWith('.mdx'));
  const folder = folderOf([
    ...written,
    ['notes/seating/seating.png', sample('notes/event-runsheet/seating.png')],
    ['notes/seating/runsheet.csv', sample('notes/event-runsheet/runsheet.csv')],
    ['notes/seating/clip.mp3', sample('talks/cold-start-first-100/talk.mp3').subarray(0, 65_536)],
  ]);
  expect(check(folder)).toEqual({ status: 0, output: `${entries.length} 篇，0 处错误，0 处提醒。\n` });
}, 60_000);

test('a content folder that is not a folder is refused', () => {
  const file = join(folderOf([['file', '']]), 'file');
  expect(check(file)).toEqual({ status: 2, output: `check：没有文件夹 ${file} → 看看 KB_CONTENT 对不对\n` });
});

test('a file outside of the content folder is refused, as it would pass unchecked', () => {
  const folder = folderOf([['notes/a.mdx', '']]);
  const { status, output } = check(folder, 'README.md');
  expect(status).toBe(2);
  expect(output).toContain('check：README.md 不在内容文件夹');
  expect(check(folder, join(folder, 'notes')).output).toContain('notes/a.mdx:1:1');
  expect(check(folder, join(folder, '..')).output).toContain('notes/a.mdx:1:1');
});

test('an option that npm has kept for itself is refused, not ignored, and a misspelt one is asked about', () => {
  const folder = folderOf([['notes/a.mdx', '']]);
  // As npm starts it for `npm run check --fix`, without `--`.
  expect(checkUnder({ npm_lifecycle_event: 'check', npm_config_fix: 'true' }, folder)).toEqual({
    status: 2,
    output: 'npm run check 后面少了 --，--fix 没有传到 → 写成 npm run check -- --fix\n',
  });
  expect(check(folder, '--change')).toEqual({
    status: 2,
    output: '没有选项 --change，是不是 --changed？ → --help 看用法\n',
  });
});

test('the guide has an example of every form', () => {
  const shown = new Set(examples().map(([path]) => path.split('/')[0]));
  expect(FORMS.filter((form) => !shown.has(form))).toEqual([]);
});

test('the guide lists every component with all of its attributes, the required ones in bold', () => {
  const rows = guide.split('\n').filter((line) => line.startsWith('| `<'));
  for (const { name, attributes } of components.values()) {
    const row = rows.find((line) => new RegExp(`\`<${name}(?: /)?>\``).test(line));
    const written = row
      ?.split(' | ')[2]
      ?.replace(/（.*?）/g, '')
      .trim();
    const wanted = Object.entries(attributes).map(([key, { required }]) =>
      required ? `**\`${key}\`**` : `\`${key}\``,
    );
    expect([name, written]).toEqual([name, wanted.join(' ') || '无']);
  }
});

const note = (body: string, slug = '2026-11-20-k3vq', more = '') =>
  `---\ntitle: 一\ndate: 2026-11-20\nslug: ${slug}\n${more}---\n\n${body}\n`;

test('--json prints findings as data and --github as annotations, and both exit with 1 after an error', () => {
  const folder = folderOf([['notes/a.mdx', note('见[这里](./b.mdx)：50%')]]);
  const { status, output } = check(folder, '--json');
  expect(status).toBe(1);
  expect(JSON.parse(output)).toEqual([
    {
      rule: 'broken-link',
      level: 'error',
      file: 'notes/a.mdx',
      line: 7,
      column: 2,
      message: '没有这篇文章：./b.mdx',
      fix: '检查文件名和文件夹，例如 ../notes/foo.mdx',
    },
  ]);
  expect(check(folder, '--github')).toEqual({
    status: 1,
    output:
      '::error file=notes/a.mdx,line=7,col=2,title=broken-link::没有这篇文章：./b.mdx → 检查文件名和文件夹，例如 ../notes/foo.mdx\n1 篇，1 处错误，0 处提醒。\n',
  });
  expect(check(folder, '--github', '--json').status).toBe(2);
}, 60_000);

test('counts the pieces that it was asked about, the drafts and those dated later among them, and those that can’t be read', () => {
  const folder = folderOf([
    ['notes/a.mdx', note('好。')],
    ['notes/b.mdx', note('好。', '2026-11-20-k3vr').replace('date:', 'draft: true\ndate:')],
    ['notes/c.mdx', 'title: 没有三横线'],
    ['notes/d.mdx', note('好。', '2026-11-20-k3vs').replace(/date: \S+/, 'date: 9000-11-20')],
  ]);
  const counted = (...args: string[]) =>
    check(folder, ...args)
      .output.trim()
      .split('\n')
      .at(-1);
  expect(counted(join(folder, 'notes/a.mdx'))).toBe('1 篇，0 处错误，0 处提醒。');
  expect(counted(join(folder, 'notes/c.mdx'))).toMatch(/^1 篇，[1-9] 处错误/);
  expect(counted(join(folder, 'notes/b.mdx'))).toBe('1 篇（1 篇是草稿，不会发布），0 处错误，0 处提醒。');
  expect(counted(join(folder, 'notes/d.mdx'))).toBe(
    '1 篇（1 篇的日期还没到，到那天才发布），0 处错误，0 处提醒。',
  );
  expect(counted()).toMatch(/^4 篇（1 篇是草稿，不会发布；1 篇的日期还没到，到那天才发布），[1-9] 处错误/);
}, 60_000);

test('--changed shows findings in what changed since the main branch, and errors that the change causes elsewhere', () => {
  const folder = folderOf([
    ['people/linxia.mdx', '---\nname: 林夏\nrole: 社群\njoined: 2026-01-01\naccess: public\n---\n'],
    ['notes/old.mdx', note('一', 'telling-a', 'people: { author: linxia }\n')],
  ]);
  const { git, commit } = initRepository(folder);
  commit();
  git('switch', '-qc', 'topic');
  writeFiles(folder, { 'notes/committed.mdx': note('二', 'telling-b') });
  commit();
  writeFiles(folder, { 'notes/new.mdx': note('三', 'telling-c') });
  const rules = () =>
    (JSON.parse(check(folder, '--changed', '--json').output) as { file: string; rule: string }[]).map(
      ({ file, rule }) => `${file} ${rule}`,
    );
  expect(rules()).toEqual(['notes/committed.mdx telling-slug', 'notes/new.mdx telling-slug']);
  rmSync(join(folder, 'people/linxia.mdx'));
  expect(rules()).toContain('notes/old.mdx unknown-person');
  expect(rules()).not.toContain('notes/old.mdx telling-slug');
}, 60_000);

test('warns about what is better not published, without repeating it', () => {
  const talk = (quote: string) =>
    `---\ntitle: 讲\ndate: 2026-11-20\nslug: 2026-11-20-r4wn\nspeakers: [linxia]\n---\n\n<Line who="linxia" t="0:01">\n  大家好，今天只讲一件事。\n</Line>\n\n<Quote who="linxia" from="0:01">\n  ${quote}\n</Quote>\n`;
  const folder = folderOf([
    ['people/linxia.mdx', '---\nname: 林夏\nrole: 社群\njoined: 2026-01-01\naccess: public\n---\n'],
    [
      'notes/gong-gao.mdx',
      note('电话 13800138000，身份证 11010519491231002X，微信号：linxia_2020，在微信里说', 'gong-gao'),
    ],
    ['notes/key.mdx', note('打开 /#key=kb_0123456789abcdefghij', '2026-11-20-aaaa')],
    ['notes/public.mdx', note('订单号 2013800138000123', 'ding-dan', 'access: public\n')],
    ['notes/bare.mdx', note('', '2026-11-20-bbbb')],
    ['talks/said.mdx', talk('今天只讲一件事')],
    ['talks/late.mdx', talk('今天只讲一件事').replace('r4wn', "r4wl\nduration: '0:00'")],
    ['talks/unsaid.mdx', talk('今天讲两件事').replace('r4wn', 'r4wm')],
  ]);
  const { status, output } = check(folder);
  expect(status).toBe(0);
  expect(output).toMatchInlineSnapshot(`
    "notes/bare.mdx:5:4 提醒 只有信息区，没有正文 → 在 --- 下面写正文；还没写好就写 draft: true
    notes/gong-gao.mdx:4:7 提醒 成员才能读的文章，网址 gong-gao 人人看得到，看得出内容 → 写成“日期-四个随机字符”，例如 slug: 2026-11-20-k3vq
    notes/gong-gao.mdx:7:4 提醒 像是手机号 → 删掉它；要让人联系上，写“在群里找我”
    notes/gong-gao.mdx:7:20 提醒 像是身份证号 → 删掉它
    notes/gong-gao.mdx:7:39 提醒 像是微信号 → 删掉它；要让人联系上，写“在群里找我”
    notes/key.mdx:7:10 提醒 像是成员的专属链接或钥匙 → 删掉它；已经提交过的要作废重发
    talks/late.mdx:5:11 提醒 逐字稿写到 0:01，超过了时长 0:00 → 改正 duration 或逐字稿的时间
    talks/unsaid.mdx:12:1 提醒 逐字稿里没有这句话：“今天讲两件事” → 照逐字稿写，一个字不改；不是录音里的话就去掉 from 和 to
    8 篇，0 处错误，8 处提醒。
    "
  `);
  expect(output).not.toMatch(/13800138000|kb_/);
}, 60_000);

test('--fix corrects what is safe, says what it changed, and has nothing left to do the second time', () => {
  const broken = note('在LeanCloud上,数据 `a,b中`\r\n\r\n<Quote>\r\n  原话a,中\r\n</Quote>');
  const folder = folderOf([
    ['notes/a.mdx', `\ufeff${broken}`],
    ['notes/b.mdx', note('一句话，没有毛病', '2026-11-20-bbbb')],
    ['notes/c.mdx', note('也有,毛病', '2026-11-20-cccc')],
  ]);
  const before = statSync(join(folder, 'notes/b.mdx')).ctimeMs;
  expect(check(folder, '--fix', join(folder, 'notes/a.mdx'))).toEqual({
    status: 0,
    output: '改了 notes/a.mdx：补空格 2 处，换标点 1 处\n1 篇，0 处错误，0 处提醒。\n',
  });
  const fixed = broken.replace('在LeanCloud上,数据', '在 LeanCloud 上，数据');
  expect(readFileSync(join(folder, 'notes/a.mdx'), 'utf8')).toBe(`\ufeff${fixed}`);
  expect(check(folder, '--fix').output).toContain('改了 notes/c.mdx：换标点 1 处\n');
  expect(check(folder, '--fix').output).toBe('没有能自动改的地方。\n3 篇，0 处错误，0 处提醒。\n');
  expect(statSync(join(folder, 'notes/b.mdx')).ctimeMs).toBe(before);
  expect(readdirSync(join(folder, 'notes'))).toEqual(['a.mdx', 'b.mdx', 'c.mdx']);
  expect(check(folder, '--fix', '--json').status).toBe(2);
}, 60_000);

test('an entry with a later date is checked too', () => {
  const later = note('见[这里](./b.mdx)', '2027-01-01-aaaa').replace('2026-11-20', '2027-01-01');
  const { status, output } = check(folderOf([['notes/later.mdx', later]]));
  expect(status).toBe(1);
  expect(output).toContain('没有这篇文章：./b.mdx');
}, 60_000);

test('warns about talks that do not fit their recordings, expired notes and duplicate pieces', () => {
  const mp3 = sample('talks/cold-start-first-100/talk.mp3').subarray(0, 65_536);
  const talk = (more: string, line: string) =>
    `---\ntitle: 讲\ndate: 2026-11-20\n${more}speakers: [linxia]\naudio: ./talk.mp3\n---\n\n<Line who="linxia" t="${line}">\n  大家好。\n</Line>\n`;
  const words = [...Array(120).keys()].map((n) => String.fromCharCode(0x4e00 + n * 61)).join('');
  const folder = folderOf([
    ['people/linxia.mdx', '---\nname: 林夏\nrole: 社群\njoined: 2026-01-01\naccess: public\n---\n'],
    ['talks/long/index.mdx', talk("slug: 2026-11-20-aaaa\nduration: '9:59'\n", '0:01')],
    ['talks/long/talk.mp3', mp3],
    ['talks/late/index.mdx', talk('slug: 2026-11-20-bbbb\n', '0:59')],
    ['talks/late/talk.mp3', mp3],
    ['notes/offer.mdx', note('名额', '2026-11-20-cccc', 'expires: 2026-11-21\n')],
    ['notes/still.mdx', note('还有', '2026-11-20-dddd', 'expires: 2026-11-22\n')],
    ['notes/one.mdx', note(words, '2026-11-20-eeee')],
    ['notes/two.mdx', note(`${words}。多一句`, '2026-11-20-ffff')],
  ]);
  expect(check(folder).output).toMatchInlineSnapshot(`
    "notes/offer.mdx:5:10 提醒 2026-11-21 已经过期 → 更新内容和 expires；不再有用就写 draft: true 收起来
    notes/two.mdx:1:1 提醒 和 notes/one.mdx 大约 97% 相同 → 合并成一篇；确实是两篇就改写相同的部分，再互相链接
    talks/late/index.mdx:6:8 提醒 录音只有 0:11，逐字稿写到 0:59 → 换成完整的录音，或改正逐字稿的时间
    talks/long/index.mdx:5:11 提醒 录音长 0:11，duration 写的是 9:59 → 写成 '0:11'
    7 篇，0 处错误，4 处提醒。
    "
  `);
}, 60_000);

test('every rule has its line in docs/rules.md, and every line its rule', () => {
  const sources = ['src/markdown', 'scripts/review']
    .flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(projectRoot, folder, name),
      ),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const page = readFileSync(join(projectRoot, 'docs/rules.md'), 'utf8');
  const documented = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (?:错误|提醒) \| \S.* \|$/gm)].map(
    ([, rule]) => rule!,
  );
  const used = sources.matchAll(
    /(?:rule: |\b(?:broken|stop|refuse|report|remark|error)\(\s*|(?:findingAt|\badd|refuse)\(\s*(?:\w+|\{\}),\s*|#unknown\(\s*)'([a-z][a-z0-9-]*)'/g,
  );
  const rules = new Set([...used].map(([, rule]) => rule!));
  expect([...rules].filter((rule) => !documented.includes(rule))).toEqual([]);
  // Two rules are named after the kind of file.
  const isNamed = (rule: string) =>
    sources.includes(`'${rule}'`) || /^(?:audio|attachment)-too-large$/.test(rule);
  expect(documented.filter((rule) => !isNamed(rule))).toEqual([]);
  expect(new Set(documented).size).toBe(documented.length);
});

test('says what a teaser makes public, but not as a finding', () => {
  const note = (title: string, more: string) =>
    `---\ntitle: ${title}\ndate: 2026-11-01\n${more}---\n正文。\n`;
  const folder = folderOf([
    ['notes/told.mdx', note('门外的标题', 'summary: 一句\nteaser: true\n')],
    ['notes/kept.mdx', note('门里的标题', 'summary: 一句\n')],
  ]);
  const { status, output } = check(folder);
  expect(status).toBe(0);
  expect(output).toContain('notes/told.mdx 写了 teaser: true：门外谁都看得到“门外的标题”的标题、摘要\n');
  expect(output).not.toContain('门里的标题');
  expect(check(folder, '--json').output).not.toContain('门外谁都看得到');
}, 60_000);
