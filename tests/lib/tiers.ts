import { noteOf } from './tiny.ts';

/** Texts in the entry of the higher tier, which must not appear in anything that others can read. */
export const higher = {
  title: '深层定价的全部算法',
  text: '仓库后门的第三把钥匙只在每月十五号交给值班店长保管。',
  quote: '先把最贵的那一档定出来，其余的价格自己会排好队。',
  topic: '密室话题',
  below: '备用钥匙的第二把缝在店长围裙的左边口袋里。',
};

/** A small site with two tiers: a public note, two for all members, one for patrons only. */
export const tieredContent = {
  'tiers.yaml': 'patrons: { name: 深度会员 }\n',
  'topics.yaml': `pricing: { name: 定价, definition: 怎么定价。 }\nvault: { name: ${higher.topic}, definition: 只给深度会员的话题。 }\n`,
  'series.yaml': 'money: { title: 算账系列, summary: 一笔一笔算清楚。 }\n',
  'people/lin.mdx': '---\nname: 林一\nrole: 店长\njoined: 2026-01-01\n---\n\n介绍。\n',
  'notes/open.mdx': noteOf({
    title: '开门的一则',
    more: 'slug: open\naccess: public\n',
    body: '所有人都能读。',
  }),
  'notes/plain.mdx': noteOf({
    title: '会员的一则',
    more: 'slug: plain\ntopics: [pricing]\nseries: money\nnumber: 1\n',
    body: '算账先算人工。\n\n<Quote who="lin">人工是最大的一笔。</Quote>',
  }),
  'notes/other.mdx': noteOf({
    title: '会员的另一则',
    more: 'slug: other\ntopics: [pricing]\n',
    body: '算账再算房租。',
  }),
  'notes/half.mdx': noteOf({
    title: '先看得到一半的一则',
    more: 'slug: half\ntier: patrons\n',
    body: `前一半谁都能读。\n\n<Members />\n\n${higher.below}`,
  }),
  'notes/higher.mdx': noteOf({
    title: higher.title,
    more: 'slug: higher\ntier: patrons\ntopics: [pricing, vault]\nseries: money\nnumber: 2\n',
    body: `算账最后算这个：${higher.text}见[会员的一则](/notes/plain/)。\n\n<Quote who="lin">${higher.quote}</Quote>`,
  }),
};
