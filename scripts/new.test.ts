import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../tests/lib/temporary-folder.ts';
import { fieldsOf } from '../src/model/form-fields.ts';
import { projectRoot } from './lib/settings.ts';

/** Makes a content folder with one person. It is removed after the test. */
function contentFolder(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'people'));
  writeFileSync(
    join(folder, 'people/linxia.mdx'),
    '---\nname: 林夏\nrole: 社群\njoined: 2026-01-01\naccess: public\n---\n',
  );
  return folder;
}

const environment = (folder: string) => ({ ...process.env, KB_CONTENT: folder, KB_DATE: '2026-11-22' });

function run(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/new.ts', ...args], {
    cwd: projectRoot,
    env: environment(folder),
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

// BSD has a `script` command too, but it takes other arguments than the one of util-linux.
const known = spawnSync('script', ['--version'], { encoding: 'utf8' });
const hasTerminal = known.status === 0 && known.stdout.includes('util-linux');

/** Runs `new` on a terminal: `typed` is sent before its questions, `atLast` after it has asked for a person. */
async function onTerminal(folder: string, words: string, typed: string, atLast = '') {
  const line = `${process.execPath} scripts/new.ts ${words}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd: projectRoot,
    env: environment(folder),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('已有：') && atLast !== '') child.stdin.write(atLast);
  });
  child.stdin.write(typed);
  const status = await new Promise((resolve) => child.on('close', resolve));
  return { status, output: output.replaceAll('\r', '') };
}

describe.skipIf(!hasTerminal)('on a terminal', { timeout: 120_000 }, () => {
  test('asks for what is missing, lists the known people, and asks again after an invalid answer', async () => {
    const folder = contentFolder();
    const { status, output } = await onTerminal(folder, 'talk', '"2026"\n\n[linxia]\n');
    expect(output).toContain('已有：linxia（林夏）');
    expect(output).toContain('这一项不能空着');
    expect(status).toBe(0);
    expect(output).toContain('npm run check -- ');
    const written = readFileSync(join(folder, 'talks/2026/index.mdx'), 'utf8');
    expect(written).toContain('title: "2026"\n');
    expect(written).toContain('speakers: [linxia]');
  });

  test('writes nothing when the writer stops answering', async () => {
    const folder = contentFolder();
    const { status, output } = await onTerminal(folder, 'talk', '开场白\n', '\u0004');
    expect(status).toBe(1);
    expect(output).toContain('没有答完，什么都没有写');
    expect(readdirSync(folder)).toEqual(['people']);
  });
});

test('people can be given by their names', { timeout: 120_000 }, () => {
  const folder = contentFolder();
  const { status } = run(folder, 'talk', '开场白', '--speakers', '林夏', '--people.host', 'linxia');
  expect(status).toBe(0);
  const written = readFileSync(join(folder, 'talks/kai-chang-bai/index.mdx'), 'utf8');
  expect(written).toContain('speakers: [linxia]');
  expect(written).toContain('<Line who="linxia"');
});

test(
  'the first piece creates the content folder, whether it is written or imported',
  { timeout: 120_000 },
  () => {
    const folder = join(contentFolder(), 'new');
    expect(run(folder, 'note', '公告').status).toBe(0);
    expect(readdirSync(folder)).toEqual(['notes']);
    const other = temporaryFolder();
    writeFileSync(join(other, 'a.md'), '字\n');
    const { status } = spawnSync(
      process.execPath,
      ['scripts/import.ts', join(other, 'a.md'), '--as', 'note', '公告'],
      { cwd: projectRoot, env: environment(join(other, 'new')) },
    );
    expect(status).toBe(0);
    expect(readdirSync(join(other, 'new'))).toEqual(['notes']);
  },
);

test('without a form, the forms are listed with their Chinese names', { timeout: 120_000 }, () => {
  const folder = contentFolder();
  const forms =
    'talk（大咖直播）、breakdown（拆书拆课）、discussion（周二话题）、teardown（案例拆解）、note（日常加餐）、digest（群精华）、person（人物）';
  expect(run(folder, '加餐', '公告').output).toBe(`没有形式 “加餐” → 可以写 ${forms}\n`);
  const { status, stderr } = spawnSync(process.execPath, ['scripts/import.ts', 'README.md', 'note', '公告'], {
    cwd: projectRoot,
    env: environment(folder),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([
    2,
    '没有 --as → 写成 npm run import -- 文件 --as 形式 "标题"，import 后面的 -- 不能少\n',
  ]);
});

test('wrong use gives one clear line and writes nothing', { timeout: 120_000 }, () => {
  const folder = contentFolder();
  const say = (...args: string[]) => run(folder, ...args);
  expect(say('note')).toEqual({
    status: 2,
    output: '缺少标题 → 写在形式后面，用引号括起来，例如 npm run new -- note "公告只写三行"\n',
  });
  const { output } = say('note', '甲', '--date', '2026年1月5日');
  expect(output.trim().split('\n')).toEqual([expect.stringContaining('date 写的是 “2026年1月5日”')]);
  expect(say('note', '甲', '--topic', 'a').output).toBe(
    '没有选项 --topic，是不是 --topics？ → --help 看用法\n',
  );
  expect(readdirSync(folder)).toEqual(['people']);
});

test('the help for a form lists every field, those too that no flag can give', () => {
  const { output } = run(contentFolder(), 'talk', '--help');
  const named = fieldsOf('talks').filter(({ path }) => path !== 'title');
  expect(named.filter(({ path }) => !new RegExp(`^  (?:--)?${path}(?: |（)`, 'm').test(output))).toEqual([]);
  expect(output).not.toContain('--chapters');
});
