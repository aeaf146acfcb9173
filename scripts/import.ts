import { existsSync } from 'node:fs';
import { withoutForbidden } from '../src/markdown/characters.ts';
import { fieldFlags, formOf, readFields, requireForm } from './entry/arguments.ts';
import { askMissing } from './entry/ask.ts';
import { contentSoFar, withIds } from './entry/ids.ts';
import { neededFields, nextSteps, withDefaults, writeEntry } from './entry/write.ts';
import { importFile, kinds } from './import/file.ts';
import { writeMdx } from './import/mdx.ts';
import { knownPeople } from './import/names.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';

const help = `npm run import -- 文件 --as 形式 ["标题"] [--字段 值 …]：把现成的文件变成一篇草稿，带不过来的都列出来

${kinds.map(({ extensions, what }) => `  ${extensions.map((extension) => `.${extension}`).join(' ')}  ${what}`).join('\n')}
  --who "文件里的名字=people 里的文件名"  谁是谁，可以写多次
  --file 名字  文件名，默认是标题的拼音
形式和字段与 npm run new 相同（npm run new -- note --help）。环境变量：KB_CONTENT、KB_DATE。`;

const own = ['as', 'who', 'file'];

await runMain(async () => {
  const words = process.argv.slice(2);
  if (!words.some((word) => word.startsWith('-')) && words.some((word) => formOf(word) !== undefined)) {
    // Without `--`, npm takes the options and leaves their values.
    throw new CommandError(
      '没有 --as → 写成 npm run import -- 文件 --as 形式 "标题"，import 后面的 -- 不能少',
      2,
    );
  }
  const read = readArguments(
    help,
    {
      ...fieldFlags(),
      as: { type: 'string' },
      file: { type: 'string' },
      who: { type: 'string', multiple: true },
    },
    2,
    'zh',
  );
  if (!read) return;
  const { values: flags, positionals } = read;
  const [source, title] = positionals;
  if (source === undefined) throw new CommandError('导入哪个文件？（--help 看用法）', 2);
  if (!existsSync(source)) throw new CommandError(`没有文件 ${source}`, 2);
  const form = requireForm(flags.as);
  const written = readFields(form, title, flags, own);

  const settings = readSettings();
  const { date } = settings;
  const content = await contentSoFar(settings);
  const known = knownPeople(content, flags.who ?? []);
  const given = withIds(written, known.idOf);
  const imported = await importFile({ file: source, form, known, given, today: date });
  const needed = neededFields(form);
  const begun = withDefaults(form, { ...imported.values, ...given }, date);
  const values = withIds(await askMissing(form, begun, needed, content.people), known.idOf);
  const { file, findings } = await writeEntry(settings, {
    form,
    values,
    name: flags.file,
    body: writeMdx(imported.body),
    files: imported.files,
  });
  if (imported.lost.length > 0) {
    console.log(
      ['没有带过来或要核对的：', ...imported.lost.map((line) => `  - ${withoutForbidden(line)}`), ''].join(
        '\n',
      ),
    );
  }
  console.log(nextSteps(file, findings));
  if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
});
