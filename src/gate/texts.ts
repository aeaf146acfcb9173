import { site } from '../site.ts';
import { contact } from '../text/contact.ts';

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
  account: {
    title: string;
    lead: string;
    link: {
      title: string;
      lead: string;
      show: string;
      hide: string;
      label: string;
      copy: string;
      copied: string;
      selected: string;
      code: string;
      care: string;
      absent: string;
    };
    /** `done` stands in place of the page until the door is there. */
    leave: { title: string; lead: string; button: string; done: string };
  };
  /** Offline copies on this device. */
  kept: {
    take: string;
    takeAgain: string;
    taking: string;
    stop: string;
    taken: string;
    drop: string;
    offline: string;
    full: string;
    unable: string;
    title: string;
    lead: string;
    empty: string;
    /** `{size}` is in MB. */
    usage: string;
    persisted: string;
    unpersisted: string;
    clear: string;
  };
  /** The offline page, shown in place of a page that is not kept on this device. */
  away: { title: string; lead: string; kept: string; retry: string };
  /** A link brought another member's key: the notice and its two buttons. */
  other: { what: string; change: string; keep: string };
  /** The notice on an open page that the membership has ended; `again` leads to the door, which says more. */
  ended: { expired: string; removed: string; again: string; dismiss: string };
  /** The membership ends soon: `notice` is shown on any page, `lead` on the account page. `{date}` is the last day. */
  ending: { title: string; notice: string; lead: string; dismiss: string };
  /** The notice of a newer build. */
  newer: { what: string; reload: string; dismiss: string };
  /** The key is kept only until the tab or the page is closed. */
  keptForVisit: string;
  /** The button that loads a recording; its size follows. */
  load: string;
  saveElsewhere: string;
  help: (who: string, how: string) => string;
  noScript: string;
  /** The door's script has not loaded. */
  stalled: string;
  /** Below the preview line of an entry whose rest is for a higher tier. */
  higherPart: (tier: string) => Failure;
  /** `{date}` is the day on which the membership ended. */
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
    | 'absent'
    | 'higher',
    Failure
  >;
}

const { who, how } = contact;

const zhCN: GateTexts = {
  title: '这一页留给成员',
  lead: '点开专属链接就能进来，也可以粘在下面。',
  label: '专属链接或口令',
  hint: '只在这台设备上核对，不会发到任何地方。',
  show: '显示',
  enter: '进门',
  checking: '正在核对口令…',
  opening: '正在开门…',
  retry: '再试一次',
  home: '回到首页',
  account: {
    title: '链接与设备',
    lead: '你的钥匙、留在这台设备上的内容，都在这里管。',
    link: {
      title: '我的链接',
      lead: '换一台设备，或者想存进密码管理器，用的都是这一个链接。',
      show: '显示我的链接',
      hide: '收起来',
      label: '专属链接',
      copy: '复制',
      copied: '已复制',
      selected: '已选中，长按就能复制',
      code: '用另一台设备扫这个码，就能在那边进来。',
      care: '谁拿到它，谁就能以你的名义进来。别转发，别截图发群里。',
      absent: '这台设备只存了钥匙，没有存链接。把专属链接再点开一次，这里就能看到它了。',
    },
    leave: {
      title: '退出',
      lead: '钥匙、离线内容、搜索记录和阅读标记会一起从这台设备上清掉，下次要用专属链接进来。用的是别人的设备，就记得退出，再删掉浏览器的历史记录：点开过的专属链接还留在那里。',
      button: '退出并清空',
      done: '已经退出，钥匙和留下的内容都从这台设备上清掉了。',
    },
  },
  kept: {
    take: '带走，没网也能看',
    takeAgain: '再试一次',
    taking: '正在带走',
    stop: '停下',
    taken: '已带走',
    drop: '删掉',
    offline: '现在连不上，还没带全。',
    full: '这台设备空间不够，没能全部留下。',
    unable: '这个浏览器留不下离线内容。想带走，请用系统自带的浏览器打开你的专属链接。',
    title: '离线',
    lead: '翻开过的页面会自动留在这台设备上，没网也能再看。想带走整场直播、整个系列，在那一页点“带走”，录音也一起留下。留下的都是加密的，只有你的钥匙打得开。',
    empty: '还没有带走任何内容。',
    usage: '这个站点占用 {size}。',
    persisted: '浏览器答应过不自动清掉它们。',
    unpersisted: '空间紧张时，浏览器可能会清掉它们。',
    clear: '清空离线内容',
  },
  away: {
    title: '暂时连不上',
    lead: '可能没有网络，也可能网站一时没有回应。这一页还没有留在这台设备上，一连上就会自己打开，也会留下。',
    kept: '带在身边的',
    retry: '再试一次',
  },
  other: {
    what: '这个链接带着另一位成员的口令，这台设备原来的口令还有效。',
    change: '换成这个',
    keep: '不换',
  },
  ended: {
    expired: '会员已经到期。翻开的这一页还能看完，别的打不开了。',
    removed: '你的链接已经停用。翻开的这一页还能看完，别的打不开了。',
    again: '怎么再进来',
    dismiss: '知道了',
  },
  ending: {
    title: '会员快到期了',
    notice: `会员到 {date}为止。要续期，${contactZh()}`,
    lead: `会员到 {date}为止，那天还能读。续期以后链接不用换，收藏和笔记都在。要续期，${contactZh()}`,
    dismiss: '知道了',
  },
  newer: { what: '知识库有更新。', reload: '刷新', dismiss: '知道了' },
  keptForVisit: '这个浏览器不肯保存钥匙，只在这次访问有效。下次来，请再点一次专属链接。',
  load: '载入录音',
  saveElsewhere: '这里存不了文件。请点右上角“…”，选“在浏览器中打开”，再下载。',
  help: (who, how) => `进不来？找${who}：${how}。`,
  noScript: '开门要用到 JavaScript。请在浏览器设置里允许它，或者换系统自带的浏览器打开。',
  stalled: '门还没有装好，站点可能正在更新。请刷新这一页；一直这样，就过几分钟再来。',
  higherPart: (tier) => ({
    what: `这一部分只给“${tier}”`,
    todo: `你的链接打不开它，别的都照常能读。想读这一部分，${contactZh()}`,
  }),
  failures: {
    mistyped: {
      what: '口令没有输对',
      todo: '漏了或错了几个字符。把整条专属链接复制过来，最不容易出错。',
    },
    'other-site': {
      what: '这个口令打不开这里',
      todo: `它是别处的，或者已经换成新的了。要最新的链接，${contactZh()}`,
    },
    unknown: {
      what: '名单里没有这个口令',
      todo: `它多半已经换成新的了。要最新的链接，${contactZh()}`,
    },
    removed: {
      what: '这个口令已于 {date}停用',
      todo: `想继续读，${contactZh()}`,
    },
    expired: {
      what: '会员已于 {date}到期',
      todo: `续期以后原来的内容都在。要续期，${contactZh()}`,
    },
    offline: {
      what: '现在连不上',
      todo: '请检查网络，或者过几分钟再试。',
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
    higher: {
      what: '这一页只给更高等级的成员',
      todo: `你的链接打不开它，别的都照常能读。想读这一页，${contactZh()}`,
    },
  },
};

const en: GateTexts = {
  title: 'This page is for members',
  lead: 'Open your personal link, or paste it below.',
  label: 'Personal link or token',
  hint: 'Checked on this device only. It’s never sent anywhere.',
  show: 'Show',
  enter: 'Log in',
  checking: 'Checking…',
  opening: 'Opening…',
  retry: 'Try again',
  home: 'Go to homepage',
  account: {
    title: 'Your link and device',
    lead: 'Manage your key and what’s kept on this device.',
    link: {
      title: 'My link',
      lead: 'Use this one link on your other devices, or save it in your password manager.',
      show: 'Show my link',
      hide: 'Hide',
      label: 'Personal link',
      copy: 'Copy',
      copied: 'Copied',
      selected: 'Selected. Press and hold to copy.',
      code: 'Scan this code with another device to log in there.',
      care: 'Anyone with this link can log in as you. Don’t forward it or post a screenshot of it.',
      absent:
        'This device has your key but not your link. Open your personal link once more and it will show up here.',
    },
    leave: {
      title: 'Log out',
      lead: 'Your key, offline pages, search history and reading data are removed from this device. To come back, use your personal link. If this isn’t your device, log out when you’re done, then delete the browser’s history: it still has the link that you opened.',
      button: 'Log out and clear',
      done: 'You’re logged out. Your key and everything kept here were removed from this device.',
    },
  },
  kept: {
    take: 'Download for offline',
    takeAgain: 'Try again',
    taking: 'Downloading…',
    stop: 'Stop',
    taken: 'Downloaded',
    drop: 'Remove from this device',
    offline: 'No connection. The download isn’t complete.',
    full: 'There isn’t enough space on this device for all of it.',
    unable:
      'This browser can’t keep pages for offline. To download them, open your personal link in your device’s built-in browser.',
    title: 'Offline',
    lead: 'Pages you open stay on this device automatically, so you can read them again without a connection. To keep a whole talk or series, choose “Download for offline” on its page; recordings are included. Everything is stored encrypted, and only your key opens it.',
    empty: 'No downloads yet.',
    usage: 'This site uses {size}. ',
    persisted: 'Your browser has agreed not to clear it automatically.',
    unpersisted: 'Your browser may clear it when space runs low.',
    clear: 'Clear offline pages',
  },
  away: {
    title: 'Can’t connect right now',
    lead: 'You may be offline, or the site isn’t answering. This page isn’t on this device yet. It opens by itself as soon as there is a connection, and is then kept.',
    kept: 'Downloads',
    retry: 'Try again',
  },
  other: {
    what: 'This link has another member’s token. The one on this device still works.',
    change: 'Use this link',
    keep: 'Keep mine',
  },
  ended: {
    expired: 'Your membership has expired. You can finish this page, but no other opens.',
    removed: 'Your token has been deactivated. You can finish this page, but no other opens.',
    again: 'How to get back in',
    dismiss: 'Dismiss',
  },
  ending: {
    title: 'Your membership ends soon',
    notice: `Your membership ends after {date}. To renew, ${contactEn()}`,
    lead: `You can read until the end of {date}. When you renew, your link and your notes stay as they are. To renew, ${contactEn()}`,
    dismiss: 'Dismiss',
  },
  newer: { what: 'A newer version is available.', reload: 'Reload', dismiss: 'Dismiss' },
  keptForVisit:
    'This browser won’t store your key, so it only works for this visit. Next time, open your personal link again.',
  load: 'Load recording',
  saveElsewhere:
    'Files can’t be saved here. Tap “…” at the top right, choose “Open in browser”, then download it there.',
  help: (who, how) => `Can’t log in? Ask ${who}: ${how}.`,
  noScript:
    'JavaScript is required to open this page. Allow it in your browser settings, or use your device’s built-in browser.',
  stalled:
    'Login hasn’t finished loading; the site may be updating. Reload the page, or come back in a few minutes if that doesn’t help.',
  higherPart: (tier) => ({
    what: `This part is for “${tier}” only`,
    todo: `Your link doesn’t open it. Everything else works as before. To read this part, ${contactEn()}`,
  }),
  failures: {
    mistyped: {
      what: 'That token has a typo',
      todo: 'Some characters are missing or wrong. It’s safest to paste your whole personal link.',
    },
    'other-site': {
      what: 'That token doesn’t open this site',
      todo: `It’s for another site, or it has been replaced by a new one. For your latest link, ${contactEn()}`,
    },
    unknown: {
      what: 'That token isn’t on the member list',
      todo: `It has probably been replaced by a new one. For your latest link, ${contactEn()}`,
    },
    removed: {
      what: 'That token was deactivated on {date}',
      todo: `To keep reading, ${contactEn()}`,
    },
    expired: {
      what: 'Your membership expired on {date}',
      todo: `Everything will still be here when you renew. To renew, ${contactEn()}`,
    },
    offline: {
      what: 'No connection',
      todo: 'Check your connection, or try again in a few minutes.',
    },
    broken: {
      what: 'This page can’t be opened right now',
      todo: `The site may be updating. Try again in a few minutes. If it still doesn’t open, ${contactEn()}`,
    },
    insecure: {
      what: 'This address isn’t secure, so you can’t log in',
      todo: 'Change http at the start of the address to https and open it again.',
    },
    browser: {
      what: 'This browser can’t open members’ pages',
      todo: 'If you’re in a chat app, tap “…” at the top right and choose “Open in browser”. Or copy the link and open it in your device’s built-in browser.',
    },
    absent: {
      what: 'There’s nothing here',
      todo: 'It may have moved or been taken down.',
    },
    higher: {
      what: 'This page is for members of a higher tier',
      todo: `Your link doesn’t open it. Everything else works as before. To read this page, ${contactEn()}`,
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
  return `ask ${who}: ${how}.`;
}
