import { site } from '../site.ts';

/** What is wrong, and what to do about it. */
interface Failure {
  what: string;
  todo: string;
}

interface GateTexts {
  title: string;
  lead: string;
  label: string;
  hint: string;
  show: string;
  enter: string;
  checking: string;
  opening: string;
  retry: string;
  home: string;
  leave: string;
  /** The key goes with the tab, or with the page. */
  keptForVisit: string;
  /** Before the size of a recording. */
  load: string;
  saveElsewhere: string;
  help: (who: string, how: string) => string;
  noScript: string;
  /** `{date}` is the day on which it ended. */
  failures: Record<
    | 'mistyped'
    | 'other-site'
    | 'unknown'
    | 'removed'
    | 'expired'
    | 'offline'
    | 'broken'
    | 'insecure'
    | 'browser'
    | 'absent',
    Failure
  >;
}

const { who, how } = site.contact;

const zhCN: GateTexts = {
  title: '这一页留给成员',
  lead: '点开你的专属链接就能进来，也可以把它粘在下面。',
  label: '专属链接或口令',
  hint: '只在这台设备上核对，不会发到任何地方。',
  show: '显示',
  enter: '进门',
  checking: '正在核对口令…',
  opening: '正在开门…',
  retry: '再试一次',
  home: '回到首页',
  leave: '退出',
  keptForVisit: '这个浏览器不肯保存钥匙，只在这次访问有效。下次来，请再点一次专属链接。',
  load: '载入录音',
  saveElsewhere: '这里存不了文件。请点右上角“…”，选“在浏览器中打开”，再下载。',
  help: (who, how) => `进不来？找${who}：${how}。`,
  noScript: '开门要用到 JavaScript。请在浏览器设置里允许它，或者换系统自带的浏览器打开。',
  failures: {
    mistyped: {
      what: '口令没有输对',
      todo: '漏了或错了几个字符。把整条专属链接复制过来，最不容易出错。',
    },
    'other-site': {
      what: '这是另一个站点的口令',
      todo: `请换成${site.name}的专属链接。找不到的话，${contactZh()}`,
    },
    unknown: {
      what: '名单里没有这个口令',
      todo: `它多半已经换成新的了。要最新的链接，${contactZh()}`,
    },
    removed: {
      what: '这个口令已于 {date} 停用',
      todo: `想继续读，${contactZh()}`,
    },
    expired: {
      what: '会员已于 {date} 到期',
      todo: `续期以后原来的内容都在。要续期，${contactZh()}`,
    },
    offline: {
      what: '现在连不上',
      todo: '请检查网络，再试一次。',
    },
    broken: {
      what: '这一页暂时打不开',
      todo: `站点可能正在更新，过几分钟再试。一直不行的话，${contactZh()}`,
    },
    insecure: {
      what: '这个地址不安全，门打不开',
      todo: '请把地址开头的 http 改成 https 再打开。',
    },
    browser: {
      what: '门在这个浏览器里打不开',
      todo: '如果是在聊天软件里点开的，请点右上角“…”，选“在浏览器中打开”；或者复制链接，用系统自带的浏览器打开。',
    },
    absent: {
      what: '这里没有内容',
      todo: '它可能换了地址，或者已经撤下。',
    },
  },
};

const en: GateTexts = {
  title: 'This page is for members',
  lead: 'Open the link you were given, or paste it below.',
  label: 'Your link or token',
  hint: 'Checked on this device alone, and sent nowhere.',
  show: 'Show',
  enter: 'Enter',
  checking: 'Checking…',
  opening: 'Opening…',
  retry: 'Try again',
  home: 'Go to the home page',
  leave: 'Log out',
  keptForVisit: "This browser won't keep your key beyond this visit. Next time, please open your link again.",
  load: 'Load the recording',
  saveElsewhere: "Files can't be saved here. Choose “Open in browser” from the menu, and download it there.",
  help: (who, how) => `Can't get in? Ask ${who}: ${how}.`,
  noScript:
    'Opening this page takes JavaScript. Please allow it, or use the browser that came with your device.',
  failures: {
    mistyped: {
      what: 'That token is mistyped',
      todo: 'Some characters are missing or wrong. Pasting the whole link is the surest way.',
    },
    'other-site': {
      what: 'That token is for another site',
      todo: `Please use your link for ${site.name}. If you can't find it, ${contactEn()}`,
    },
    unknown: {
      what: 'Nobody here has that token',
      todo: `It has probably been replaced. For a new link, ${contactEn()}`,
    },
    removed: {
      what: 'That token ended on {date}',
      todo: `To go on reading, ${contactEn()}`,
    },
    expired: {
      what: 'The membership expired on {date}',
      todo: `To renew it, ${contactEn()}`,
    },
    offline: {
      what: 'No connection',
      todo: 'Please check the network and try again.',
    },
    broken: {
      what: "This page can't be opened right now",
      todo: `The site may be in the middle of an update; try again in a few minutes. If it stays like this, ${contactEn()}`,
    },
    insecure: {
      what: "This address isn't secure, so the door stays shut",
      todo: 'Please change http at its start to https.',
    },
    browser: {
      what: "The door doesn't open in this browser",
      todo: 'Inside a chat app, choose “Open in browser” from its menu; or copy the link into the browser that came with your device.',
    },
    absent: {
      what: 'There is nothing here',
      todo: 'It may have moved, or been taken down.',
    },
  },
};

const languages: Record<string, GateTexts> = { 'zh-CN': zhCN, en };

/** The texts of the gate in the site's language. */
export const gateTexts: GateTexts = languages[site.language] ?? zhCN;

function contactZh(): string {
  return `请找${who}：${how}。`;
}

function contactEn(): string {
  return `please ask ${who}: ${how}.`;
}
