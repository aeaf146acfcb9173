import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { loadContent } from '../src/markdown/load.ts';
import { compareFindings } from '../src/model/finding.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';
import { changedFiles } from './review/changed.ts';
import { printFindings } from './review/print.ts';
import { reviewEntries } from './review/review.ts';

const help = `npm run check [-- 文件或文件夹 …]：检查内容，每处问题一行：文件:行:列 级别 原因 → 怎么改

不写文件就检查全部，草稿也检查。有错误时退出码是 1，只有提醒时是 0。
  --changed  只看改过的文件（和主分支比），以及别处的错误：那多半也是这次改出来的
  --json     一个 JSON 列表，每处有 rule、level、file、line、column、message、fix
  --github   GitHub 合并请求上的标注
环境变量：KB_CONTENT（内容文件夹，默认 content）、KB_DATE。`;

await runMain(async () => {
  const read = readArguments(
    help,
    { changed: { type: 'boolean' }, json: { type: 'boolean' }, github: { type: 'boolean' } },
    Infinity,
  );
  if (!read) return;
  const { values, positionals } = read;
  if (values.json && values.github) throw new CommandError('--json 和 --github 只能写一个', 2);
  if (values.changed && positionals.length > 0) throw new CommandError('--changed 不和文件一起写', 2);
  const { content: root, cache, date, base } = readSettings();
  const missing = [root, ...positionals].find((path) => !existsSync(path));
  if (missing !== undefined) throw new CommandError(`check：没有 ${missing}`, 2);
  const chosen = values.changed ? changedFiles(root) : positionals.map((path) => resolve(path));
  const isEverything = !values.changed && chosen.length === 0;

  const content = await loadContent({ root, cache: join(cache, 'content'), date, drafts: true, base });
  const findings = [...content.findings, ...reviewEntries(content)].sort(compareFindings);
  const isChosen = (file: string) => isEverything || chosen.some((path) => isWithin(resolve(file), path));
  const shown = findings.filter(
    ({ file, level }) => isChosen(file) || (values.changed === true && level === 'error'),
  );
  const output = values.json ? 'json' : values.github ? 'github' : 'text';
  console.log(printFindings(shown, content.entries.length, output));
  if (shown.some(({ level }) => level === 'error')) process.exitCode = 1;
});

function isWithin(file: string, path: string): boolean {
  return file === path || file.startsWith(path + sep);
}
