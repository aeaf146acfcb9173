import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { knownPeople, speakersOf } from './names.ts';
import { fixture, imported } from './testing.ts';

test('an unknown speaker runs nothing where the command is copied, nor in the terminal', async () => {
  const file = join(temporaryFolder(), 'a.vtt');
  writeFileSync(file, "WEBVTT\n\n00:00.000 --> 00:02.000\n<v O'x\u001bc$(touch x)`id`>你好\n");
  const refused = imported(file, 'talks');
  await expect(refused).rejects.toThrow(String.raw`--who 'O'\''xc$(touch x)` + "`id`=people 里的文件名'");
  await expect(refused).rejects.toThrow(String.raw`new -- person 'O'\''xc$(touch x)` + "`id`'");
  await expect(refused).rejects.not.toThrow('\u001b');
});

test('a name that two people share means nobody until --who says which', async () => {
  const { load } = tinyFolder({
    'people/a.mdx': '---\nname: 阿同\nrole: 社群\njoined: 2026-01-01\n---\n',
    'people/b.mdx': '---\nname: 小同\nrole: 社群\njoined: 2026-01-01\naliases: [阿同]\n---\n',
  });
  const content = await load();
  const { idOf } = knownPeople(content, []);
  expect(['阿同', '小同', 'a', 'b'].map(idOf)).toEqual([undefined, 'b', 'a', 'b']);
  expect(knownPeople(content, ['阿同=b']).idOf('阿同')).toBe('b');
});

test('--who with a name in place of an id is refused, with the id that is meant', async () => {
  const mapped = (who: string) => imported(fixture('messy.vtt'), 'talks', {}, [`小陈🌟=${who}`]);
  await expect(mapped('夏夏')).rejects.toThrow('没有人物 夏夏 → 写成 小陈🌟=linxia');
  await expect(mapped('张三')).rejects.toThrow(
    '没有人物 张三 → 写 people 里的文件名，新的人先 npm run new -- person "名字"',
  );
});

test.each([
  ['王小明', '或先 npm run new -- person "王小明"'],
  ['发言人 1', '新的人先 npm run new -- person "名字"'],
  ['Speaker 2', '新的人先 npm run new -- person "名字"'],
])('%s is unknown; a number that a transcriber gave a voice is nobody’s name', async (name, advice) => {
  const known = knownPeople(await tinyFolder({}).load(), []);
  expect(() => speakersOf([name], known)).toThrow(
    `不认识说话的 “${name}” → 加上 --who "${name}=people 里的文件名"，${advice}`,
  );
});
