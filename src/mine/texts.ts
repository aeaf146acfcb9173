import { counted } from '../i18n/counted.ts';

/**
 * The texts about a member's own marks that every page needs, by language; those of the page that shows all marks are in
 * `page-texts.ts`, so that others don't load them.
 */
const zhCN = {
  title: '我的',
  states: { saved: '收藏', reading: '在读', practised: '已实践' },
  progress: '我的进度',
  set: '已放进“我的”',
  unset: '已取消',
  unkept: '没能存下来，关掉这一页就没了。',
  separators: { parts: '，', sentences: '。' },
  read: (share: number) => `读到 ${Math.round(share * 100)}%`,
  heard: (time: string) => `听到 ${time}`,
  continue: '接着读',
  listen: '接着听',
  newcomer: '头一周',
  progressOf: (done: number, of: number) => (done === of ? `${of} 篇都读完了` : `读完 ${done} / ${of} 篇`),
  highlight: {
    bar: '划线',
    mark: '划线',
    write: '写笔记',
    note: '笔记',
    noteHint: '想到什么就写，只有这台设备看得到',
    save: '存好',
    cancel: '取消',
    remove: '删掉划线',
    removeThis: (text: string) => `删掉划线：${text}`,
    removeNote: '笔记也会删掉，再点一次',
    removed: '删掉了',
    title: '这一处划线',
    open: (text: string) => `看笔记：${text}`,
    edit: (text: string) => `改这一处划线：${text}`,
    lost: (count: number) => `有 ${count} 处划线，原文改动后找不到了`,
    made: '划好了',
    tooLong: '太长了：连同相接的划线最多 4000 个字，笔记合起来最多 5000 个字',
    tooMany: '这一篇划满了 500 处：删掉几处再划',
  },
  leaving: {
    title: '退出会清掉你在这台设备上的记录',
    body: (pieces: number, highlights: number) =>
      `${pieces} 篇的收藏和进度${highlights > 0 ? `，${highlights} 处划线` : ''}。退出以后这台设备上什么都不留，想要就先导出。`,
    save: '先导出',
    leave: '清掉并退出',
    stay: '先不退出',
  },
  ended: {
    what: '你的收藏、进度、划线和笔记还在这台设备上，可以导出一份留着。',
    save: '导出成文件',
  },
};

type MineTexts = typeof zhCN;

const en: MineTexts = {
  title: 'My reading',
  states: { saved: 'Saved', reading: 'Reading', practised: 'Applied' },
  progress: 'My progress',
  set: 'Added to My reading',
  unset: 'Mark removed',
  unkept: 'This couldn’t be saved and will be gone when you close the page.',
  separators: { parts: ', ', sentences: '. ' },
  read: (share) => `${Math.round(share * 100)}% read`,
  heard: (time) => `Listened to ${time}`,
  continue: 'Continue',
  listen: 'Continue listening',
  newcomer: 'Your first week',
  progressOf: (done, of) => (done === of ? `All ${of} read` : `${done} of ${of} read`),
  highlight: {
    bar: 'Highlight',
    mark: 'Highlight',
    write: 'Add note',
    note: 'Note',
    noteHint: 'Write anything. Only this device can see it',
    save: 'Save',
    cancel: 'Cancel',
    remove: 'Remove highlight',
    removeThis: (text) => `Remove highlight: ${text}`,
    removeNote: 'Removes the note too. Press again',
    removed: 'Removed',
    title: 'This highlight',
    open: (text) => `View note: ${text}`,
    edit: (text) => `Edit highlight: ${text}`,
    lost: (count) => `${counted(count, 'highlight')} can’t be found since the text changed`,
    made: 'Highlighted',
    tooLong:
      'Too long. With the highlights it touches, it can have up to 4,000 characters, and 5,000 in their notes',
    tooMany: 'This piece already has 500 highlights. Remove some first',
  },
  leaving: {
    title: 'Logging out clears your reading data from this device',
    body: (pieces, highlights) =>
      `Your saves and progress in ${counted(pieces, 'piece')}${highlights > 0 ? `, and ${counted(highlights, 'highlight')}` : ''}. Nothing stays on this device after you log out, so export it first if you want to keep it.`,
    save: 'Export first',
    leave: 'Clear and log out',
    stay: 'Stay logged in',
  },
  ended: {
    what: 'Your saves, progress, highlights and notes are still on this device. You can export a copy to keep.',
    save: 'Export to a file',
  },
};

/** The texts in the site's language; bundles don't include the other one. */
export const mineTexts: MineTexts = __LANGUAGE__ === 'en' ? en : zhCN;
