import { expect, test } from 'vitest';
import { commentReview } from './comment.ts';

const found = (front: string) => commentReview(`---\n${front}\n---\n\n正文: 一 #二\n`);

test.each([
  ['title: 公告 #3 只写三行', '2:11', '「#3 只写三行」', 'title: "公告 #3 只写三行"'],
  ['date: 2026-01-05\n  title: 说"好" #话题#', '3:15', '「#话题#」', 'title: \'说"好" #话题#\''],
  ['title: 一\r\nsummary: 二 #三\r', '3:12', '「#三」', 'summary: "二 #三"'],
])('what YAML leaves out of a value is reported: %j', (front, place, shown, quoted) => {
  const [finding, ...more] = found(front);
  expect(more).toEqual([]);
  expect(`${finding!.line}:${finding!.column}`).toBe(place);
  expect(finding!.message).toBe(`# 和后面的字没有算进去：${shown}`);
  expect(finding!.fix).toBe(`是内容就整个值加引号：${quoted}；是说明就在 # 后面空一格`);
});

test.each([
  'draft: true # 草稿，写好以后删掉这一行',
  'title: "公告 #3"',
  "title: '公告' #好",
  'title: C#和#话题#',
  '# topics: a #b',
  'title: >\n  公告 #3',
])('comments, quoted values and texts without a space are left: %j', (front) => {
  expect(found(front)).toEqual([]);
});
