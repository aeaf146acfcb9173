/** What search says to its users, by language of the page. */
const zhCN = {
  idle: '想起一句话、一个词、一个人，都可以搜。',
  searching: '正在搜……',
  count: (count: number) => (count === 0 ? '没有找到' : `${count} 篇`),
  unavailable: '现在拿不到索引，搜不了。检查一下网络，再试一次。',
  retry: '再试一次',
  more: '显示更多',
};

export type SearchTexts = typeof zhCN;

const en: SearchTexts = {
  idle: 'A sentence, a word, a name: search for anything you remember.',
  searching: 'Searching…',
  count: (count) => (count === 0 ? 'Nothing found' : count === 1 ? '1 piece' : `${count} pieces`),
  unavailable: 'The index can’t be had right now. Check the connection and try again.',
  retry: 'Try again',
  more: 'Show more',
};

/** The texts in the language of the page. */
export function searchTexts(): SearchTexts {
  return document.documentElement.lang.startsWith('zh') ? zhCN : en;
}
