import { describe, expect, test } from 'vitest';
import { storedTextOf, ZONES, type Dictionary, type TextBlock, type Zone } from '../record.ts';
import { ScannedIndex } from './scanned-index.ts';
import { answer, answerBeside } from './answer.ts';

type Blocks = Partial<Record<Zone, string>>;

/** An index over a few texts that also knows other spellings. */
class PlainIndex extends ScannedIndex {
  override readonly synonyms = [
    ['拉新', '获客', '引流'],
    ['沉默', '潜水', '不说话'],
    ['sq', '冷启动'],
    ['b端', 'tob'],
  ];
  override readonly spellings = new Map([['b端', 'B 端']]);

  constructor(entries: Record<string, Blocks & { date?: string }>) {
    super(
      Object.entries(entries).map(([entry, { title = '', date = '', ...blocks }]) => ({
        entry,
        address: `/${entry}/`,
        title,
        date,
        topics: [],
        people: [],
        levels: [],
        text: storedTextOf({ places: [], blocks: blocksOf({ title, ...blocks }) }),
      })),
    );
  }

  override dictionary(): Promise<Dictionary> {
    const readings = { she: '社射', qun: '群', la: '拉', xin: '新心', huo: '活', yue: '跃' };
    return Promise.resolve({ readings, variants: '羣群躍跃', words: ['社群', '拉新', '活跃'] });
  }
}

function blocksOf(blocks: Blocks): TextBlock[] {
  return ZONES.flatMap((zone) => (blocks[zone] ? [{ zone, place: 0, text: blocks[zone] }] : []));
}

async function ask(entries: Record<string, Blocks & { date?: string }>, query: string) {
  const given = await answer(new PlainIndex(entries), query);
  return given.found.map(({ entry }) => entry);
}

describe('results rank', () => {
  test('a title before a key quote, a heading and the body', async () => {
    const entries = {
      d: { body: '留存' },
      c: { heading: '留存' },
      b: { quote: '留存' },
      a: { title: '留存' },
    };
    expect(await ask(entries, '留存')).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a title that is little more than the term before a longer one', async () => {
    expect(await ask({ b: { title: '读《疯传》的五个误区' }, a: { title: '《疯传》' } }, '疯传')).toEqual([
      'a',
      'b',
    ]);
  });

  test('more matches first, then newer entries', async () => {
    const entries = {
      c: { body: '留存', date: '2026-01-01' },
      b: { body: '留存', date: '2026-02-01' },
      a: { body: '留存留存', date: '2025-01-01' },
    };
    expect(await ask(entries, '留存')).toEqual(['a', 'b', 'c']);
  });

  test('the whole phrase before its parts', async () => {
    const entries = { b: { title: '留存、活跃' }, a: { body: '说到留存 活跃的时候' } };
    expect(await ask(entries, '留存 活跃')).toEqual(['a', 'b']);
  });
});

describe('several search words', () => {
  const entries = { a: { body: '社群里拉新' }, b: { body: '社群' }, c: { body: '海报拉新' } };

  test('must all be in an entry', async () => {
    expect(await ask(entries, '社群 拉新')).toEqual(['a']);
  });

  test('give partial results, marked as such, when no entry has all of them', async () => {
    const given = await answer(new PlainIndex(entries), '社群 海报');
    expect(given.isPartial).toBe(true);
    expect(given.found.map(({ entry }) => entry)).toEqual(['c', 'a', 'b']);
  });
});

test('a number that is nowhere next to its word is searched as a word of its own', async () => {
  const entries = { c: { body: '留存，2025' }, b: { body: '留存 2025' }, a: { body: '2025 年' } };
  expect(await ask(entries, '留存 2025')).toEqual(['b']);
  const given = await answer(new PlainIndex({ a: entries.a, c: entries.c }), '留存 2025');
  expect({ ...given, found: given.found.map(({ entry }) => entry) }).toEqual({
    found: ['c'],
    runs: [Array.from('留存'), Array.from('2025')],
    changes: [],
    isPartial: false,
  });
});

test('partial results with more of the words come before those that repeat one of them', async () => {
  const some = {
    c: { title: '海报', body: '海报海报海报' },
    b: { body: '社群里的海报' },
    a: { body: '社群里的直播' },
  };
  expect(await ask(some, '社群 海报 续费')).toEqual(['b', 'c', 'a']);
});

test('an entry with the pieces of a word found nowhere ranks as high as an entry with another word', async () => {
  const some = { b: { title: '直播' }, a: { body: '成员的名单' } };
  expect(await ask(some, '直播 名单成员')).toEqual(['a', 'b']);
});

test('guesses no typo when an entry has the pieces of all words', async () => {
  const some = { b: { body: '命令行的 JSON 工具' }, a: { body: '命令行里看 JSON，能折叠' } };
  const given = await answer(new PlainIndex(some), '命令行看json 折叠');
  expect(given.found.map(({ entry }) => entry)).toEqual(['a', 'b']);
  expect(given.changes).toEqual([]);
});

test('Latin words and numbers are not split into pieces', async () => {
  const some = { c: { body: 'Chat at work' }, b: { body: '10 元' }, a: { body: 'ChatGPT，100 元' } };
  expect(await ask(some, 'ChatGPT写信')).toEqual(['a']);
  expect(await ask(some, '退了100元钱')).toEqual(['a']);
});

test('a number is found as typed, and then as written in characters, but not within a longer number', async () => {
  const some = {
    d: { body: '一百二十一天' },
    c: { body: '打卡二十一天' },
    b: { body: '打卡 21 天' },
    a: { body: '1,872 个小时' },
  };
  const index = new PlainIndex(some);
  const given = await answer(index, '21天');
  expect(given.found.map(({ entry }) => entry)).toEqual(['b']);
  const beside = await answerBeside(index, '21天', given);
  expect(beside.found.map(({ entry }) => entry)).toEqual(['c']);
  expect(beside.changes).toEqual([{ by: 'number', from: '21天', to: ['二十一天'] }]);
  const separated = await answer(index, '1872个小时');
  expect(separated.found.map(({ entry }) => entry)).toEqual(['a']);
  expect(separated.changes).toEqual([{ by: 'number', from: '1872个小时', to: ['1,872个小时'] }]);
});

test.each(['打卡 21 天', '21 天 打卡'])(
  '%s keeps the number with its unit, in any order of words',
  async (query) => {
    const typed = { b: { body: '2021 年每天打卡' }, a: { body: '打卡，坚持了 21 天' } };
    expect(await ask(typed, query)).toEqual(['a']);
    const spelt = { b: { body: '2021 年每天打卡' }, a: { body: '打卡，坚持了二十一天' } };
    const given = await answer(new PlainIndex(spelt), query);
    expect(given.found.map(({ entry }) => entry)).toEqual(['a']);
    expect(given.changes).toEqual([{ by: 'number', from: '21 天', to: ['二十一天'] }]);
  },
);

describe('a query found nowhere as typed', () => {
  const entries = { a: { body: '社群活跃' }, b: { body: '获客的办法' }, c: { body: '冷启动阶段' } };

  test.each([
    ['shequn', 'a', 'pinyin', ['社群']],
    ['hy', 'a', 'pinyin', ['活跃']],
    ['sq', 'c', 'synonym', ['冷启动']],
    ['社qun', 'a', 'pinyin', ['社群']],
    ['社qun活跃', 'a', 'pinyin', ['社群活跃']],
    ['shequnhuoyue', 'a', 'pinyin', ['社群活跃']],
    ['she qun', 'a', 'pinyin', ['社群']],
    ['she qun huo yue', 'a', 'pinyin', ['社群活跃']],
    ["she'qun", 'a', 'pinyin', ['社群']],
    ['社羣活躍', 'a', 'variant', ['社群活跃']],
    ['拉新', 'b', 'synonym', ['获客']],
    ['射群', 'a', 'pinyin', ['社群']],
    ['冷起动阶段', 'c', 'typo', ['冷启动阶段']],
    ['冷动阶段', 'c', 'typo', ['冷启动阶段']],
    ['冷启启动阶段', 'c', 'typo', ['冷启动阶段']],
    ['社群活越', 'a', 'typo', ['社群活跃']],
    ['社群活跃了吗', 'a', 'typo', ['社群活跃']],
    ['冷启动了', 'c', 'typo', ['冷启动']],
    ['冷启动阶段性', 'c', 'typo', ['冷启动阶段']],
    ['启冷动阶段', 'c', 'typo', ['冷启动阶段']],
  ])('%s finds %s by %s', async (query, entry, by, to) => {
    const given = await answer(new PlainIndex(entries), query);
    expect(given.found.map((found) => found.entry)).toEqual([entry]);
    expect(given.changes).toEqual([{ by, from: query, to }]);
    expect(given.isPartial).toBe(false);
  });

  test.each([
    ['前一百个人不是数量是气氛', '前一百个人不是数量，是气氛。', '前一百个人不是数量，是气氛'],
    ['不是数量、是气氛', '前一百个人不是数量，是气氛。', '不是数量，是气氛'],
    ['写名字问日子给期限', '写名字，问日子，给期限。', '写名字，问日子，给期限'],
    ['「不用给理由」', '退出不用给理由', '不用给理由'],
    ['‘理由’', '退出不用给理由', '理由'],
    ['不用给理由？', '退出不用给理由', '不用给理由'],
  ])('%s finds %s, whatever its punctuation', async (query, body, to) => {
    const given = await answer(new PlainIndex({ a: { body } }), query);
    expect(given.found.map(({ entry }) => entry)).toEqual(['a']);
    expect(given.changes).toEqual([{ by: 'typo', from: query, to: [to] }]);
  });

  test.each([
    ['涨了25%左右的客户', '涨了 2.5% 左右的客户'],
    ['涨了2.5%左右的客户', '涨了 25% 左右的客户'],
    ['C#', 'C'],
  ])('%s is not taken for %s', async (query, body) => {
    expect((await answer(new PlainIndex({ a: { body } }), query)).changes).toEqual([]);
  });

  test.each(['100 个人', '100 个好人', '0-3 岁', 'a*b(c'])(
    '%s is not taken for another number or a pattern',
    async (query) => {
      const given = await answer(new PlainIndex({ a: { body: '180 个人，1-3 岁' } }), query);
      expect(given.changes).toEqual([]);
    },
  );

  test.each([
    ['红包没用', '红包管用'],
    ['红包有用', '红包没有用'],
    ['群里不能收费', '群里能收费'],
    ['怎么劝退', '怎么退款'],
    ['怎么劝退', '不知怎么退'],
  ])('%s is not taken for the opposite or for something else: %s', async (query, body) => {
    expect((await answer(new PlainIndex({ a: { body } }), query)).changes).toEqual([]);
  });

  test.each([
    ['leng', 'Revenge'],
    ['leng', '文章 leg'],
  ])('%s is corrected to a whole word only: %s', async (query, word) => {
    const given = await answer(new PlainIndex({ a: { body: `Book: ${word}` } }), query);
    expect(given.changes.map(({ to }) => to)).toEqual(word === 'Revenge' ? [] : [['leg']]);
  });

  test.each([
    ['dorpbox', 'Dropbox 的推荐计划', 'Dropbox'],
    ['gatherings', 'The Art of Gathering', 'Gathering'],
    ['momtest', '《The Mom Test》读书笔记', 'Mom Test'],
    ['themom 读书', '《The Mom Test》读书笔记', 'The Mom'],
  ])('%s is found in %s, with letters swapped, one too many, or without a space', async (query, body, to) => {
    const given = await answer(new PlainIndex({ a: { body } }), query);
    expect(given.found.map(({ entry }) => entry)).toEqual(['a']);
    expect(given.changes.map((change) => change.to)).toEqual([[to]]);
  });

  test.each([
    ['社群要不要收', '社群不要要收'],
    ['退费12元吗', '退费21元吗'],
  ])('%s is not taken for %s', async (query, body) => {
    expect((await answer(new PlainIndex({ a: { body } }), query)).changes).toEqual([]);
  });

  test('is a part of a title that sounds the same', async () => {
    const given = await answer(new PlainIndex({ a: { title: '拆书《活跃新》' } }), '活跃心');
    expect(given.changes).toEqual([{ by: 'pinyin', from: '活跃心', to: ['活跃新'] }]);
  });

  test('is read as pinyin next to a word that is found as typed', async () => {
    const given = await answer(new PlainIndex(entries), 'she qun 活跃');
    expect(given.found.map(({ entry }) => entry)).toEqual(['a']);
    expect(given.changes).toEqual([{ by: 'pinyin', from: 'she qun', to: ['社群'] }]);
  });

  test('is not corrected when one of only three characters is wrong', async () => {
    expect((await answer(new PlainIndex(entries), '冷起动')).changes).toEqual([]);
  });

  test('finds entries on the subject when it is a question', async () => {
    const about = { a: { body: '群里的人潜水了，怎么办' }, b: { title: '海报', body: '怎么办一场活动' } };
    const given = await answer(new PlainIndex(about), '怎么让不说话的群活跃起来呢？');
    expect(given.isPartial).toBe(true);
    expect(given.found[0]?.entry).toBe('a');
  });

  test.each([
    ['我想找一份群规', { b: { title: '想找工作的人先写一份简历' }, a: { body: '这里的群规只有三条' } }],
    [
      '有没有人知道怎么样才能让客户愿意续约',
      { b: { body: '没有人知道才能是什么，也没有人愿意说' }, a: { body: '客户续约的办法' } },
    ],
  ])('finds entries on the subject of %s, not those with its other words', async (query, about) => {
    expect((await ask(about, query))[0]).toBe('a');
  });

  test('asks nothing of question words that are typed as words of their own', async () => {
    const about = {
      b: { title: '如何写' },
      a: { title: '群公告', body: '写三行' },
    };
    expect(await ask(about, '如何 写 公告')).toEqual(['a', 'b']);
    expect(await ask(about, '如何 吗')).toEqual(['b']);
  });

  test('prefers a word of it to two characters of different words', async () => {
    const about = {
      c: { title: '沙子电池' },
      b: { body: '量子计算' },
      a: { body: '电脑' },
    };
    expect(await ask(about, '量子电脑')).toEqual(['a', 'b', 'c']);
    const verbs = { b: { title: '健身工作室', body: '工作，工作' }, a: { body: '换工作' } };
    expect(await ask(verbs, '要不要换工作')).toEqual(['a', 'b']);
  });

  test('finds nothing when it is unknown, only punctuation, or blank', async () => {
    expect(await ask(entries, '量子力学')).toEqual([]);
    expect(await ask(entries, '……')).toEqual([]);
    expect(await ask(entries, ' ')).toEqual([]);
  });
});

test('a query that only matches another name of a topic is also searched by its synonym', async () => {
  const entries = { b: { topic: '拉新', alias: '获客' }, a: { title: '拉新' } };
  const given = await answer(new PlainIndex(entries), '获客');
  expect(given.found.map(({ entry }) => entry)).toEqual(['a', 'b']);
  expect(given.changes).toEqual([{ by: 'synonym', from: '获客', to: ['拉新'] }]);
});

test('a date finds what is from that day, beside what contains it as typed', async () => {
  const index = new PlainIndex({
    c: { body: '群', date: '2026-11-11' },
    b: { body: '星期二 2026 年 11 月 10 日', date: '2026-11-15' },
    a: { body: '群', date: '2026-11-10' },
  });
  const given = await answer(index, '2026.11.10');
  expect(given.found.map(({ entry }) => entry)).toEqual(['a']);
  expect(given.changes).toEqual([{ by: 'date', from: '2026.11.10', to: ['2026.11.10'] }]);
  // A reading without words has no texts to highlight or to load.
  expect(given.runs).toEqual([]);
  const typed = await answer(index, '2026 年 11 月 10 日');
  expect(typed.found.map(({ entry }) => entry)).toEqual(['b']);
  const beside = await answerBeside(index, '2026 年 11 月 10 日', typed);
  expect(beside.found.map(({ entry }) => entry)).toEqual(['a']);
  expect(beside.runs).toEqual([]);
});

test('a synonym is said as the operators write it', async () => {
  const given = await answer(new PlainIndex({ a: { body: 'B 端的内容' } }), 'ToB');
  expect(given.changes).toEqual([{ by: 'synonym', from: 'ToB', to: ['B 端'] }]);
});

test('synonyms add results to those found as typed', async () => {
  const index = new PlainIndex({ a: { body: '拉新' }, b: { body: '获客' }, c: { body: '留存' } });
  const given = await answer(index, '拉新');
  const beside = await answerBeside(index, '拉新', given);
  expect(given.found.map(({ entry }) => entry)).toEqual(['a']);
  expect(beside.found.map(({ entry }) => entry)).toEqual(['b']);
  expect(beside.changes).toEqual([{ by: 'synonym', from: '拉新', to: ['获客'] }]);
});

describe('a question that an entry contains word for word', () => {
  const entries = {
    a: { body: '有人问：怎么破冰？' },
    b: { title: '破冰三步' },
    c: { body: '怎么收尾' },
  };

  test('also finds, besides, what only has its words', async () => {
    const index = new PlainIndex(entries);
    const given = await answer(index, '怎么破冰');
    expect(given.found.map(({ entry }) => entry)).toEqual(['a']);
    const beside = await answerBeside(index, '怎么破冰', given);
    expect({ ...beside, found: beside.found.map(({ entry }) => entry) }).toEqual({
      found: ['b'],
      runs: [Array.from('破冰')],
      changes: [],
      isPartial: true,
    });
  });

  test('finds no more than five besides', async () => {
    const some = Object.fromEntries(Array.from('defghi', (entry) => [entry, { title: '破冰' }]));
    const index = new PlainIndex({ ...entries, ...some });
    const beside = await answerBeside(index, '怎么破冰', await answer(index, '怎么破冰'));
    expect(beside.found).toHaveLength(5);
  });

  test('finds nothing besides when it is in many entries, or is no question', async () => {
    const many = Object.fromEntries(['d', 'e', 'f'].map((entry) => [entry, { body: '怎么破冰' }]));
    for (const [texts, query] of [
      [{ ...entries, ...many }, '怎么破冰'],
      [entries, '有人问'],
      [entries, '怎么'],
    ] as const) {
      const index = new PlainIndex(texts);
      const given = await answer(index, query);
      expect(given.found).not.toEqual([]);
      expect((await answerBeside(index, query, given)).found).toEqual([]);
    }
  });
});
