import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { initRepository } from '../lib/repository.ts';
import { servePlain } from '../lib/plain-host.ts';
import { run, testSite, tokenOf, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { canary, noteOf } from '../lib/tiny.ts';
import { newVisitor } from '../lib/visitor.ts';

let site: TestSite;
let preview: string;
let summary: string;
const command = (...args: string[]) => {
  rmSync(join(site.folder, 'summary.md'), { force: true });
  return run(site, 'pull-request', args);
};

beforeAll(async () => {
  site = withContent(
    testSite('pull-request', { CI: 'true', GITHUB_STEP_SUMMARY: '', KB_SITE: 'https://run-1.kb.example' }),
    {
      'notes/kept.mdx': noteOf({ title: '没有动的' }),
      'notes/edited.mdx': noteOf({ title: '改之前' }),
      'notes/gone.mdx': noteOf({ title: '要删的' }),
    },
  );
  site.env.GITHUB_STEP_SUMMARY = join(site.folder, 'summary.md');
  const { git, commit } = initRepository(site.folder);
  commit();
  git('switch', '-q', '-c', 'mine');
  writeFiles(join(site.folder, 'content'), {
    'notes/edited.mdx': noteOf({ title: '改之后' }),
    'notes/new.mdx': noteOf({
      title: '"[点我](javascript:alert(1)) <img src=x> | @all"',
      more: 'date: 2027-01-05\naccess: public\n',
      body: '打 13800138000 找我。',
    }).replace('date: 2026-11-01\n', ''),
    'notes/secret.mdx': noteOf({ title: '会员的', body: canary }),
    'notes/higher.mdx': noteOf({ title: '更高的', more: 'tier: patrons\n' }),
    'tiers.yaml': 'patrons: { name: 深度会员 }\n',
    'notes/.gitattributes': '*.mdx -diff linguist-generated\n',
  });
  rmSync(join(site.folder, 'content/notes/gone.mdx'));
  commit();

  preview = join(site.folder, 'preview');
  // Left by an earlier run, or put there by another user of this machine.
  writeFiles(preview, { key: 'left' });
  const { code, output } = await command('preview', preview);
  expect(output).toMatch(/audit/);
  expect(code).toBe(0);
  summary = readFileSync(join(site.folder, 'summary.md'), 'utf8');
});

describe('a preview', () => {
  test('has a summary of pages, who may read them, sizes and findings', () => {
    expect(summary).toContain('## 这次改动：新页面 3，改动 1，删除 1');
    expect(summary).toMatch(/^\| 新 \| 会员的 .* \| 成员 \| /m);
    expect(summary).toMatch(/^\| 新 \| 更高的 .* \| patrons 以上的成员 \| /m);
    expect(summary).toMatch(/^\| 改 \| 改之后 /m);
    expect(summary).toMatch(/^- 改了 .*tiers\.yaml，\*\*谁能读什么/m);
    expect(summary).toMatch(/^- 改了 .*notes\/\.gitattributes，\*\*合并请求里可能看不到改动/m);
    expect(summary).toMatch(/^- 删除 .*gone/m);
    expect(summary).toMatch(/6 个文件，0\.0 MB。整站 \d+ 个文件，\d+\.\d MB。/);
    expect(summary).toMatch(/^- 提醒 .*手机号.*\(phone-number\)$/m);
    expect(summary).not.toContain('没有动的');
  });

  test('escapes what a contributor wrote in its Markdown summary', () => {
    expect(summary).toContain('\\[点我\\](javascript\\:alert(1)) \\<img src=x\\> \\| \\@all');
  });

  test('is sealed with a key of its own, which opens what is dated later and what only the highest tier reads', async () => {
    const link = /#key=(kb_\S+)/.exec(summary)![1]!;
    expect(link).not.toBe(await tokenOf('preview'));
    expect(readFileSync(join(preview, 'key'), 'utf8').trim()).toBe(link);
    // It opens everything that members read.
    expect(statSync(join(preview, 'key')).mode & 0o777).toBe(0o600);
    const host = await servePlain(join(preview, 'site'), '');
    const visitor = await newVisitor();
    await visitor.open(`${host.url}notes/secret/#key=${link}`);
    // Waits for the end of the page.
    await visitor.see('html[data-access="open"] .colophon');
    expect(await visitor.text('article[data-entry="notes/secret"]')).toContain(canary);
    await visitor.open(`${host.url}notes/new/`);
    await visitor.see('article[data-entry="notes/new"]');
    await visitor.open(`${host.url}notes/higher/`);
    await visitor.see('article[data-entry="notes/higher"]');
    await visitor.close();
    await host.close();
  });

  test('is not made from content with errors, which the summary lists', async () => {
    writeFiles(join(site.folder, 'content'), { 'notes/bad.mdx': noteOf({ body: '<script>1</script>' }) });
    symlinkSync('nowhere', join(site.folder, 'content/notes/lost.png'));
    const { code } = await command('preview', join(site.folder, 'none'));
    for (const name of ['bad.mdx', 'lost.png']) rmSync(join(site.folder, 'content/notes', name));
    const text = readFileSync(join(site.folder, 'summary.md'), 'utf8');
    expect(code).toBe(1);
    expect(text).toMatch(/^- \*\*错误\*\* .*bad.*\\:5\\:1 .*\(script\)$/m);
    expect(text).toMatch(/^- \*\*错误\*\* .*lost\.png/m);
    expect(text).toContain('没有做预览');
    expect(existsSync(join(site.folder, 'none'))).toBe(false);
  });
});

test('the run that may deploy accepts the preview, adds the headers and gives its link', async () => {
  const { code } = await command('accept', preview);
  expect(code).toBe(0);
  expect(readFileSync(join(preview, 'site/_headers'), 'utf8')).toContain("default-src 'none'");
  expect(readFileSync(join(site.folder, 'summary.md'), 'utf8')).toMatch(
    /^https:\/\/run-1\.kb\.example\/#key=kb_/m,
  );
});
