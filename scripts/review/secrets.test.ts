import { expect, test } from 'vitest';
import { processorTime } from '../../tests/lib/processor-time.ts';
import { reviewSecrets } from './secrets.ts';

test.each([
  '加我微信 linxia_2020',
  '加V：linxia2020',
  '加vx linxia-20',
  '薇信linxia2020',
  'V信: linxia_2020',
])('%s is reported', (text) => {
  expect(reviewSecrets(`想聊的${text}`).map(({ rule }) => rule)).toEqual(['wechat-id']);
});

test.each(['加微信 official 群', '加 V 领资料', '微信 8.0.50'])('%s is not', (text) => {
  expect(reviewSecrets(text)).toEqual([]);
});

test.each([
  ['AppSecret: 0123456789abcdef0123456789abcdef', '像是密钥'],
  ['api_key = "a1b2c3d4e5f6g7h8i9j0k1l2"', '像是密钥'],
  ['Access Token：24_rT5xQ0b8m-2nVwYzA1c', '像是密钥'],
  [
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa',
    '像是群机器人的地址',
  ],
  ['https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec33e42542b5', '像是群机器人的地址'],
  ['https://open.feishu.cn/open-apis/bot/v2/hook/82ae38ae-5602-11ee-be56', '像是群机器人的地址'],
])('%s is reported once', (text, message) => {
  const found = reviewSecrets(`写在这里：${text}。`);
  expect(found.map(({ rule }) => rule)).toEqual(['secret-token']);
  expect(found[0]!.message).toContain(message);
});

test.each([
  'Secret: the one thing nobody writes',
  'token 是一次性的',
  'api key = 你的密钥',
  '提取码：ab12',
  'tokens: 128000',
])('%s is no secret', (text) => {
  expect(reviewSecrets(text)).toEqual([]);
});

test.each([
  ...['微信号', 'vx', '微信：', '加微信'].map((word) => [
    `many spaces after ${word}`,
    `${word}${' '.repeat(500_000)}。`,
  ]),
  ['many beginnings of a token', 'eyJ-'.repeat(100_000)],
])('%s are read in linear time', async (_, text) => {
  const time = await processorTime(() => expect(reviewSecrets(text)).toEqual([]));
  expect(time).toBeLessThan(5000);
});

test('many findings are located in linear time', { timeout: 5000 }, () => {
  const found = reviewSecrets('13800138000\n'.repeat(30_000));
  expect(found).toHaveLength(30_000);
  expect(found.at(-1)).toMatchObject({ line: 30_000, column: 1 });
});
