import { expect, test } from 'vitest';
import { wrap } from './wrap.ts';

const help = `npm run members -- add ID [--expires DATE] [--tier TIER]   gives ID access from the next build on, and never before
npm run members -- remove ID                  ends access

Adding an ID that was removed, or moving one back into a tier that it lost, gives it the next serial, so the old link
stays dead.
  s3://BUCKET[/PREFIX]                S3-compatible storage (AWS, Aliyun OSS, Tencent COS); credentials as for all the
                                      AWS tools: AWS_ACCESS_KEY_ID`;

test('a help as wide as the terminal, or for no terminal, stays as it is', () => {
  expect(wrap(help, 120)).toBe(help);
  expect(wrap(help, undefined)).toBe(help);
});

test('on a narrow terminal, lines break between words and descriptions stay in their column', () => {
  expect(wrap(help, 80).split('\n')).toEqual([
    'npm run members -- add ID [--expires DATE] [--tier TIER]',
    '    gives ID access from the next build on, and never before',
    'npm run members -- remove ID                  ends access',
    '',
    'Adding an ID that was removed, or moving one back into a tier that it lost,',
    'gives it the next serial, so the old link stays dead.',
    '  s3://BUCKET[/PREFIX]                S3-compatible storage (AWS, Aliyun OSS,',
    '                                      Tencent COS); credentials as for all the',
    '                                      AWS tools: AWS_ACCESS_KEY_ID',
  ]);
});

test('a sentence that ends at the end of a line is not joined with the next', () => {
  const sentences = `${'word '.repeat(23)}end.\nEnvironment: KB_DATE`;
  expect(wrap(sentences, 80).split('\n').at(-1)).toBe('Environment: KB_DATE');
});

test('what is too long for a line of its own stays whole', () => {
  expect(wrap(`  --x   ${'a'.repeat(90)} b`, 80)).toBe(`  --x   ${'a'.repeat(90)}\n        b`);
});

test('Chinese, which a terminal may break anywhere, is left to the terminal', () => {
  const chinese = `  --file 名字  ${'文件名，默认是标题的拼音。'.repeat(8)}`;
  expect(wrap(chinese, 80)).toBe(chinese);
});
