import { counted } from '../../i18n/counted.ts';
import type { Answer, Change } from '../query/answer.ts';

/** The texts that search shows, by language. */
const zhCN = {
  title: '搜索',
  placeholder: '搜索每一句话',
  close: '关闭',
  idle: '想起一句话、一个词、一个人，都可以搜；记不全也行，拼音、首字母都认得。',
  searching: '正在搜…',
  none: '没有找到',
  count: (count: number) => `${count} 篇`,
  narrowed: (count: number, all: number) => `${count} 篇（共 ${all} 篇）`,
  partial: '没有一篇全对得上，下面这些对上了其中几个词',
  change: ({ by, from, to }: Change) => {
    const words = to.map((word) => `“${word}”`).join('');
    if (by === 'date') return `日期是“${from}”的`;
    if (by === 'pinyin') return `按拼音“${from}”找了${words}`;
    if (by === 'number') return `“${from}”也写作${words}`;
    if (by === 'synonym') return `“${from}”的近义词也算上：${words}`;
    if (by === 'typo') return `没有“${from}”，找了${words}`;
    return `“${from}”按简体找了${words}`;
  },
  beside: '还可能是',
  related: '也许有关',
  /** Why the related entries are shown: they only have some words of a question. */
  relatedBy: '没有这句原话，对上了其中几个词',
  /** Between two changes. */
  separator: '；',
  unavailable: '现在连不上，搜不了。检查一下网络，再试一次。',
  keptOnly: (count: number) => `现在连不上，只搜了带走的 ${count} 篇`,
  keptMeanwhile: (count: number) => `网络有点慢，先搜了带走的 ${count} 篇，其余的还在等`,
  retry: '再试一次',
  more: '显示更多',
  moreHits: (count: number) => `还有 ${count} 处`,
  /** @param date - `2026-11-22` */
  day: (date: string) => date.replaceAll('-', '.'),
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
  askTitle: '还是没有？问一问',
  askAll: '问大家',
  askAllWords: (query: string) =>
    `我在知识库里搜“${query}”，没有搜到。大家有谁做过、看过，或者知道该问谁吗？`,
  askFor: '求一篇',
  askForWords: (query: string) => `想请你们聊聊“${query}”：知识库里还没有，我现在正好用得上。`,
  askContact: (who: string, how: string) => `复制以后发到群里，或者找${who}：${how}。`,
  copy: '复制',
  copied: '已复制',
  strangerTitle: '成员能搜到的更多',
  strangerText: '这里只搜得到公开的几篇，成员能搜到每一篇里的每一句话。',
  recent: '最近搜过',
  clearRecent: '清空',
  allResults: '查看全部结果',
  askInstead: '换个主题看看，或者问一问',
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
  idle: 'Search for any sentence, word or name, even if you only remember part of it. Pinyin and initials work too.',
  searching: 'Searching…',
  none: 'No results',
  count: (count) => counted(count, 'piece'),
  narrowed: (count, all) => `${count} of ${counted(all, 'piece')}`,
  partial: 'No piece matches all your words. These match some of them',
  change: ({ by, from, to }) => {
    const words = to.map((word) => `“${word}”`).join(', ');
    if (by === 'date') return `Dated “${from}”`;
    if (by === 'pinyin') return `Reading “${from}” as pinyin: ${words}`;
    if (by === 'number') return `“${from}” is also written ${words}`;
    if (by === 'synonym') return `Including synonyms of “${from}”: ${words}`;
    if (by === 'typo') return `No results for “${from}”, showing ${words}`;
    return `Reading “${from}” in simplified characters: ${words}`;
  },
  beside: 'You might also mean',
  related: 'Perhaps related',
  relatedBy: 'These don’t contain the question itself, only some of its words',
  separator: '; ',
  unavailable: 'Search can’t be reached right now. Check your connection and try again.',
  keptOnly: (count) => `No connection, so only your downloads were searched (${counted(count, 'piece')})`,
  keptMeanwhile: (count) =>
    `Slow connection. Your downloads were searched first (${counted(count, 'piece')}), the rest is still loading`,
  retry: 'Try again',
  more: 'Show more',
  moreHits: (count) => `${count} more in this piece`,
  day: (date) =>
    new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date)),
  sort: 'Sort',
  sorts: { relevance: 'By relevance', date: 'By date' },
  filters: 'Filters',
  clearFilters: 'Clear filters',
  facets: { form: 'Type', topic: 'Topic', person: 'Person', year: 'Year', level: 'Experience' },
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
  emptyLead: 'Try different or fewer words, or browse these topics:',
  askTitle: 'Still nothing? Ask',
  askAll: 'Ask everyone',
  askAllWords: (query) =>
    `I searched our library for “${query}” and found nothing. Has anyone done this or read about it, or do you know who to ask?`,
  askFor: 'Request a piece',
  askForWords: (query) =>
    `Could you cover “${query}”? The library has nothing on it yet, and I could really use it right now.`,
  askContact: (who, how) => `Copy it and post it in the group, or ask ${who}: ${how}.`,
  copy: 'Copy',
  copied: 'Copied',
  strangerTitle: 'Members find more',
  strangerText:
    'Here you can only search the pieces open to everyone. Members can search every sentence of every piece.',
  recent: 'Recent searches',
  clearRecent: 'Clear',
  allResults: 'See all results',
  askInstead: 'Browse topics, or ask',
  hint: '↑↓ to select, Esc to close',
  places: {
    quote: 'Quote',
    viewpoint: 'Viewpoint',
    line: 'Transcript',
    section: 'Section',
    top: 'Beginning',
    topic: 'Topic also known as',
  },
  marks: (at, of) => `${at} / ${of}`,
  marked: 'Search matches',
  previousMark: 'Previous match',
  nextMark: 'Next match',
  clearMarks: 'Clear matches',
};

/** Says why entries were found besides those that were found as typed. */
export function besideNote({ isPartial, changes }: Answer, texts: SearchTexts): string {
  return isPartial ? texts.relatedBy : changes.map(texts.change).join(texts.separator);
}

/** The texts in the site's language; bundles don't include the other one. */
export const searchTexts: SearchTexts = __LANGUAGE__ === 'en' ? en : zhCN;
