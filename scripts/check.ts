import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { loadContent } from '../src/markdown/load.ts';
import { formatFinding } from '../src/model/finding.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';

const help = `npm run check [-- 文件或文件夹 …]：检查内容，每处问题一行：文件:行:列 级别 原因 → 怎么改

不写文件就检查全部，草稿也检查。有错误时退出码是 1，只有提醒时是 0。
环境变量：KB_CONTENT（内容文件夹，默认 content）、KB_DATE。`;

await runMain(async () => {
  const read = readArguments(help, {}, Infinity);
  if (!read) return;
  const { content: root, cache, date, base } = readSettings();
  const missing = [root, ...read.positionals].find((path) => !existsSync(path));
  if (missing !== undefined) throw new CommandError(`check：没有 ${missing}`, 2);
  const chosen = read.positionals.map((path) => resolve(path));

  const { entries, findings } = await loadContent({
    root,
    cache: join(cache, 'content'),
    date,
    drafts: true,
    base,
  });
  const shown = findings.filter(
    ({ file }) => chosen.length === 0 || chosen.some((path) => isWithin(resolve(file), path)),
  );
  for (const finding of shown) console.log(formatFinding(finding));
  const errors = shown.filter(({ level }) => level === 'error').length;
  console.log(`${entries.length} 篇，${errors} 处错误，${shown.length - errors} 处提醒。`);
  if (errors > 0) process.exitCode = 1;
});

function isWithin(file: string, path: string): boolean {
  return file === path || file.startsWith(path + sep);
}
