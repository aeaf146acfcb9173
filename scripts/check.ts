import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareFindings } from '../src/model/finding.ts';
import { readEverything } from './lib/content.ts';
import { isFolder, isWithin } from './lib/folder.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';
import { changesIn } from './review/changed.ts';
import { fixEntries } from './review/fix.ts';
import { printFindings } from './review/print.ts';
import { reviewContent } from './review/review.ts';
import { describeTeasers } from './review/teasers.ts';
import { warmCaches } from './steps/warm.ts';

const help = `npm run check [-- 文件或文件夹 …]：检查内容，每处问题一行：文件:行:列 级别 原因 → 怎么改

不写文件就检查全部，草稿和还没到日期的也检查。有错误时退出码是 1，只有提醒时是 0。规则见 docs/rules.md。
  --changed  只看改过的文件（和主分支比），以及别处的错误：那多半也是这次改出来的
  --fix      先把能放心改的改掉（空格、标点、全角字母），说明改了哪些文件，再检查
  --json     一个 JSON 列表，每处有 rule、level、file、line、column、message、fix
  --github   GitHub 合并请求上的标注
环境变量：KB_CONTENT（内容文件夹，默认 content）、KB_DATE。`;

await runMain(async () => {
  const flag = { type: 'boolean' } as const;
  const read = readArguments(help, { changed: flag, fix: flag, json: flag, github: flag }, Infinity, 'zh');
  if (!read) return;
  const { values, positionals } = read;
  const outputs = [values.fix, values.json, values.github].filter(Boolean);
  if (outputs.length > 1) throw new CommandError('--fix、--json、--github 只能写一个', 2);
  if (values.changed && positionals.length > 0) throw new CommandError('--changed 不和文件一起写', 2);
  const settings = readSettings();
  if (!isFolder(settings.content))
    throw new CommandError(`check：没有文件夹 ${settings.content} → 看看 KB_CONTENT 对不对`, 2);
  const chosen = values.changed
    ? changesIn(settings.content).map(({ path }) => path)
    : positionals.map((path) => chosenPath(path, resolve(settings.content)));
  const isEverything = !values.changed && chosen.length === 0;
  const isChosen = (file: string) => isEverything || chosen.some((path) => isWithin(resolve(file), path));

  await warmCaches(settings.content, settings.cache, isChosen);
  let content = await readEverything(settings);
  if (values.fix) {
    const changes = fixEntries(content.entries.filter(({ file }) => isChosen(file)));
    console.log(changes.length > 0 ? changes.join('\n') : '没有能自动改的地方。');
    if (changes.length > 0) content = await readEverything(settings);
  }
  const { cache, date: today } = settings;
  const findings = [
    ...content.findings,
    ...reviewContent(content, { today, cache, isWanted: isChosen }),
  ].sort(compareFindings);
  const shown = findings.filter(
    ({ file, level }) => isChosen(file) || (values.changed === true && level === 'error'),
  );
  const entries = content.entries.filter(({ file }) => isChosen(file));
  const output = values.json ? 'json' : values.github ? 'github' : 'text';
  if (output === 'text') {
    describeTeasers(entries).forEach((line) => console.log(line));
  }
  // A file that can't be read is not among the entries; its findings name it.
  const pieces = [...content.entries, ...content.findings]
    .map(({ file }) => file)
    .filter((file) => file.endsWith('.mdx') && isChosen(file));
  const drafts = entries.filter(({ data }) => data.draft).length;
  const later = entries.filter(({ data, date }) => !data.draft && date > today).length;
  console.log(printFindings(shown, { all: new Set(pieces).size, drafts, later }, output));
  if (shown.some(({ level }) => level === 'error')) process.exitCode = 1;
});

/**
 * Returns the absolute path of a chosen file or folder.
 *
 * @throws CommandError (2) when there is none, or nothing of the content folder is in it: it would pass unchecked
 */
function chosenPath(written: string, content: string): string {
  const path = resolve(written);
  if (!existsSync(path)) throw new CommandError(`check：没有 ${written}`, 2);
  if (isWithin(path, content) || isWithin(content, path)) return path;
  throw new CommandError(
    `check：${written} 不在内容文件夹 ${content} 里 → 只检查那里的文件，放在别处的用 KB_CONTENT 指明；大小写也要一样`,
    2,
  );
}
