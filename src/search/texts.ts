import type { Change } from './search.ts';

/** What search says to its users, by language of the page. */
const zhCN = {
  title: '搜索',
  placeholder: '搜索每一句话',
  close: '关闭',
  idle: '想起一句话、一个词、一个人，都可以搜；记不全也行，拼音、首字母都认得。',
  searching: '正在搜……',
  none: '没有找到',
  count: (count: number) => `${count} 篇`,
  narrowed: (count: number, all: number) => `${count} 篇（共 ${all} 篇）`,
  partial: '没有完全匹配，以下包含部分词语',
  change: ({ by, from, to }: Change) => {
    const words = to.map((word) => `“${word}”`).join('、');
    if (by === 'pinyin') return `按拼音“${from}”找了${words}`;
    if (by === 'synonym') return `“${from}”的近义词也算上：${words}`;
    if (by === 'typo') return `没有“${from}”，找了${words}`;
    return `“${from}”按简体找了${words}`;
  },
  beside: '还可能是',
  unavailable: '现在拿不到索引，搜不了。检查一下网络，再试一次。',
  retry: '再试一次',
  more: '显示更多',
  moreHits: (count: number) => `还有 ${count} 处`,
  sort: '排序',
  sorts: { relevance: '按相关', date: '按日期' },
  filters: '筛选',
  clearFilters: '清除筛选',
  facets: { form: '形式', topic: '主题', person: '人物', year: '年份', level: '年限' },
  forms: {
    talks: '大咖直播',
    breakdowns: '拆书拆课',
    discussions: '周二话题',
    teardowns: '案例拆解',
    notes: '日常加餐',
    digests: '群精华',
    people: '人物',
  } as Record<string, string>,
  levels: { '0-1': '0–1 年', '1-3': '1–3 年', '3+': '3 年以上' } as Record<string, string>,
  emptyLead: '换个说法，少打几个字，或者从这些主题里找：',
  emptyAsk: '还是没有？在群里问一句，问的人多了，就有人写。',
  recent: '最近搜过',
  clearRecent: '清空',
  allResults: '查看全部结果',
  hint: '↑↓ 选择，Esc 关闭',
  places: {
    quote: '金句',
    viewpoint: '观点',
    line: '逐字稿',
    section: '小节',
    top: '开头',
    topic: '主题也叫',
  },
  marks: (at: number, of: number) => `${at} / ${of}`,
  marked: '搜到的词',
  previousMark: '上一处',
  nextMark: '下一处',
  clearMarks: '清除标记',
};

export type SearchTexts = typeof zhCN;

const en: SearchTexts = {
  title: 'Search',
  placeholder: 'Search every sentence',
  close: 'Close',
  idle: 'A sentence, a word, a name: search for anything you remember. Pinyin and initials work too.',
  searching: 'Searching…',
  none: 'Nothing found',
  count: (count) => (count === 1 ? '1 piece' : `${count} pieces`),
  narrowed: (count, all) => `${count} of ${all} pieces`,
  partial: 'Nothing holds all of it; these hold some of the words',
  change: ({ by, from, to }) => {
    const words = to.map((word) => `“${word}”`).join(', ');
    if (by === 'pinyin') return `“${from}” as pinyin: ${words}`;
    if (by === 'synonym') return `Also for “${from}”: ${words}`;
    if (by === 'typo') return `No “${from}”; searched ${words}`;
    return `“${from}” in simplified characters: ${words}`;
  },
  beside: 'You may also mean',
  unavailable: 'The index can’t be had right now. Check the connection and try again.',
  retry: 'Try again',
  more: 'Show more',
  moreHits: (count) => `${count} more in this piece`,
  sort: 'Sort',
  sorts: { relevance: 'By relevance', date: 'By date' },
  filters: 'Filter',
  clearFilters: 'Clear filters',
  facets: { form: 'Form', topic: 'Topic', person: 'Person', year: 'Year', level: 'Experience' },
  forms: {
    talks: 'Talks',
    breakdowns: 'Breakdowns',
    discussions: 'Discussions',
    teardowns: 'Teardowns',
    notes: 'Notes',
    digests: 'Digests',
    people: 'People',
  },
  levels: { '0-1': '0–1 years', '1-3': '1–3 years', '3+': '3+ years' },
  emptyLead: 'Try other or fewer words, or look into these topics:',
  emptyAsk: 'Still nothing? Ask in the group; what many ask for gets written.',
  recent: 'Recent searches',
  clearRecent: 'Clear',
  allResults: 'All results',
  hint: '↑↓ to choose, Esc to close',
  places: {
    quote: 'Quote',
    viewpoint: 'Viewpoint',
    line: 'Transcript',
    section: 'Section',
    top: 'Top',
    topic: 'Topic, also called',
  },
  marks: (at, of) => `${at} / ${of}`,
  marked: 'What was searched',
  previousMark: 'Previous',
  nextMark: 'Next',
  clearMarks: 'Clear marks',
};

/** The texts in the language of the page. */
export function searchTexts(): SearchTexts {
  return document.documentElement.lang.startsWith('zh') ? zhCN : en;
}
