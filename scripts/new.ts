import {
  describeFields,
  fieldFlags,
  formOf,
  formWords,
  readFields,
  requireForm,
  wordOf,
} from './entry/arguments.ts';
import { askMissing } from './entry/ask.ts';
import { startingBody } from './entry/bodies.ts';
import { contentSoFar, withIds } from './entry/ids.ts';
import { neededFields, nextSteps, titleOf, withDefaults, writeEntry } from './entry/write.ts';
import { knownPeople } from './import/names.ts';
import { readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';

const form = formOf(process.argv.slice(2).find((word) => formOf(word)));

const help = `npm run new -- 形式 "标题" [--字段 值 …]：写一篇新文章的开头，放到该放的地方，不覆盖已有的文件

形式：${formWords.join('、')}。必须写而没有写的，在终端里会问你。列表用逗号隔开：--topics community,tools；人写文件名或名字
  --file 名字  文件名，默认是标题的拼音
成员才能读的，网址是“日期-四个随机字符”；--access public 的，网址就是文件名。
环境变量：KB_CONTENT、KB_DATE。
${form ? `\n${wordOf(form)} 能写的字段（标题写在形式后面）：\n${describeFields(form)}` : '\n某种形式能写哪些字段：npm run new -- note --help'}`;

await runMain(async () => {
  const read = readArguments(help, { ...fieldFlags(), file: { type: 'string' } }, 2, 'zh');
  if (!read) return;
  const [word, title] = read.positionals;
  const wanted = requireForm(word);
  const settings = readSettings();
  const given = withDefaults(wanted, readFields(wanted, title, read.values, ['file']), settings.date);
  const needed = neededFields(wanted).sort(
    (a, b) => Number(b.path === titleOf(wanted)) - Number(a.path === titleOf(wanted)),
  );
  const content = await contentSoFar(settings);
  const answered = await askMissing(wanted, given, needed, content.people);
  const values = withIds(answered, knownPeople(content, []).idOf);
  const body = startingBody(wanted, values);
  const { file, findings } = await writeEntry(settings, {
    form: wanted,
    values,
    name: read.values.file,
    body,
  });
  console.log(nextSteps(file, findings));
  if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
});
