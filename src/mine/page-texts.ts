import { counted } from '../i18n/counted.ts';

/** The texts of the page with all of a member's marks and their check-in, by language. */
const zhCN = {
  lead: '收藏、划线、笔记和打卡，只存在这台设备上，不上传到任何地方。',
  checks: (done: number, of: number) => `清单 ${done}/${of}`,
  finished: '读完了',
  groups: {
    reading: '在读',
    saved: '收藏',
    practised: '已实践',
    opened: '最近打开',
    highlights: '划线和笔记',
  },
  jumps: '这一页上',
  rest: (count: number) => `显示其余 ${count} 篇`,
  restOfMarks: (count: number) => `显示其余 ${count} 处`,
  empty: {
    all: '还什么都没有。打开任何一篇，点“收藏”，或者选中一句话划下来，它就会出现在这里。',
    browse: '去首页挑一篇',
  },
  count: (count: number) => `${count} 篇`,
  marks: (count: number) => `${count} 处`,
  streak: '连续读了',
  total: '一共读了',
  days: (count: number) => `${count} 天`,
  noScript: '收藏和笔记要在浏览器里运行脚本。',
  counted: '一篇读满半分钟，或者在里面收藏、划线、打勾，这一天就算读了。日期按北京时间算。',
  checkin: {
    title: '14 天读书打卡',
    lead: '从今天起连着 14 天，每天读一篇，记一句。哪天断了也不清零。',
    begin: '从今天开始',
    again: '重新开始 14 天',
    day: (number: number) => `第 ${number} 天`,
    states: { read: '读了', missed: '没读', open: '今天还没读', ahead: '还没到' },
    note: '今天的一句话',
    noteHint: '今天读到的、想到的、打算做的，一句就够',
    save: '记下',
    saved: '记下了',
    copy: '复制打卡文字',
    copied: '复制好了，去群里粘贴',
    done: (read: number) => `14 天到了，读了 ${read} 天。`,
    text: (day: number, titles: string[], note: string) =>
      [
        `【读书打卡】第 ${day} 天 / 14`,
        ...titles.map((title) => `读了：${title}`),
        ...(note ? [`一句话：${note}`] : []),
      ].join('\n'),
  },
  file: {
    title: '备份和搬家',
    lead: '换手机、清缓存之前，先导出一份。在苹果手机上，超过七天没打开过这里，浏览器也会把它们清掉。',
    save: '导出成文件',
    copy: '复制全部内容',
    copied: '复制好了。粘贴到备忘录里存成 .json 文件，就能再导入。',
    load: '导入文件',
    loaded: (pieces: number, highlights: number) =>
      `合并好了：${pieces} 篇，${highlights} 处划线。原来的都还在。`,
    tooLarge: '文件超过 16 MB，不是从这里导出的。什么都没有动。',
    tooMuch: '加上原来的太多了，放不下：最多 5000 篇，每篇 500 处划线。什么都没有动。',
    unknown: '这不是从这里导出的文件，或者是更新的版本导出的。什么都没有动。',
    damaged: (count: number) => `文件里有 ${count} 处不对，可能被改过。什么都没有动。`,
    clear: '全部清空',
    sure: '清空以后找不回来。想留的先导出一份。',
    yes: '清空',
    no: '不清空',
  },
  privacy: {
    title: '谁看得到',
    body: [
      '这些记录没有加密：拿着这台设备、能打开这个浏览器的人，看得到你收藏了哪些文章（标题和网址）、划了哪些句子、写了什么笔记。',
      '我们看不到，别的成员也看不到。导出的文件也是明文，请像对待自己的笔记本一样保管。',
      '退出时会把这里一起清掉，清之前会问你要不要先导出。',
    ],
  },
};

type PageTexts = typeof zhCN;

const en: PageTexts = {
  lead: 'What you saved, highlighted, noted and checked in. It stays on this device and is never uploaded.',
  checks: (done, of) => `Checklist ${done}/${of}`,
  finished: 'Finished',
  groups: {
    reading: 'Reading',
    saved: 'Saved',
    practised: 'Applied',
    opened: 'Recently opened',
    highlights: 'Highlights and notes',
  },
  jumps: 'On this page',
  rest: (count) => `Show ${count} more`,
  restOfMarks: (count) => `Show ${count} more`,
  empty: {
    all: 'Nothing here yet. Open any piece and choose “Saved”, or select a sentence and highlight it, and it will show up here. ',
    browse: 'Find a piece',
  },
  count: (count) => `${count}`,
  marks: (count) => `${count}`,
  streak: 'Current streak',
  total: 'Total',
  days: (count) => counted(count, 'day'),
  noScript: 'JavaScript is required for saving pieces and taking notes.',
  counted:
    'A day counts when you read a piece for half a minute, or save, highlight or check something off in it. Days follow Beijing time.',
  checkin: {
    title: '14-day reading check-in',
    lead: 'For 14 days from today, read one piece a day and write one line. If you miss a day, nothing is reset.',
    begin: 'Start today',
    again: 'Start another 14 days',
    day: (number) => `Day ${number}`,
    states: { read: 'read', missed: 'missed', open: 'not read yet', ahead: 'upcoming' },
    note: 'Today’s line',
    noteHint: 'One line on what you read or plan',
    save: 'Save',
    saved: 'Saved',
    copy: 'Copy check-in',
    copied: 'Copied. Now paste it in the group',
    done: (read) => `The 14 days are up. You read on ${counted(read, 'day')}.`,
    text: (day, titles, note) =>
      [
        `Reading check-in, day ${day} of 14`,
        ...titles.map((title) => `Read: ${title}`),
        ...(note ? [`In one line: ${note}`] : []),
      ].join('\n'),
  },
  file: {
    title: 'Backup and transfer',
    lead: 'Export a copy before you switch phones or clear your browser’s data. On iPhone, browsers also clear it after seven days without a visit.',
    save: 'Export to a file',
    copy: 'Copy everything',
    copied: 'Copied. Paste it into a note and save it as a .json file to import it again.',
    load: 'Import a file',
    loaded: (pieces, highlights) =>
      `Added ${counted(pieces, 'piece')} and ${counted(highlights, 'highlight')}. What you had is still here.`,
    tooLarge: 'The file is larger than 16 MB, so it wasn’t exported here. Nothing was changed.',
    tooMuch:
      'Together with what you have, it’s too much: up to 5,000 pieces, with 500 highlights each. Nothing was changed.',
    unknown: 'This file wasn’t exported here, or comes from a newer version. Nothing was changed.',
    damaged: (count) =>
      `The file has ${counted(count, 'error')} and may have been edited. Nothing was changed.`,
    clear: 'Clear everything',
    sure: 'This can’t be undone. To keep a copy, export it first.',
    yes: 'Clear',
    no: 'Cancel',
  },
  privacy: {
    title: 'Who can see this',
    body: [
      'It isn’t encrypted: anyone who has this device and can open this browser can see which pieces you saved (titles and addresses), what you highlighted and what you noted.',
      'We can’t see it, and neither can other members. An exported file isn’t encrypted either, so look after it like your own notebook.',
      'Logging out clears all of it. You’ll be asked first whether to export it.',
    ],
  },
};

/** The texts in the site's language; bundles don't include the other one. */
export const pageTexts: PageTexts = __LANGUAGE__ === 'en' ? en : zhCN;
