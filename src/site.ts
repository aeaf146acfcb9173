import type { Form } from './model/form.ts';

/** What is planned of a form. */
export interface Cadence {
  form: Exclude<Form, 'people'>;
  every: 'week' | 'month';
  /** Pieces. */
  least: number;
  /** Of a week: the day by which it is due, Monday 1 to Sunday 7. */
  day?: number;
}

/**
 * One community's settings. Another community changes this file, `content/`, `public/`, its colours in
 * `src/styles/tokens.css` and its page for newcomers, `src/pages/start.mdx`.
 */
export interface Site {
  /** The community's name, as in the masthead. */
  name: string;
  /** One or two characters for the seal beside the name. */
  mark: string;
  /** One line below the name. */
  tagline: string;
  /** Two or three sentences for someone who is no member: what this is and for whom. Readable by anyone. */
  description: string;
  /** The language of the interface; entries are written in it too. */
  language: 'zh-CN' | 'en';
  /** Whom a reader asks when the door doesn't open, and how. Readable by anyone. */
  contact: { who: string; how: string };
  /** How one becomes a member. Readable by anyone. */
  join: string;
  /**
   * What search engines are let in to list: nothing, or the pages that anyone may read. What is sealed they can't read
   * either way.
   */
  crawlers: 'none' | 'public pages';
  /** The browser's own colours around a page, light and dark. */
  themeColor: { light: string; dark: string };
  /**
   * Files of public/ that a browser may run or render as a page (html, js, svg, xml …). One that does not stand here, and
   * is of no kind that is known to be harmless (scripts/lib/copied.ts), stops the build.
   */
  activeFiles: readonly string[];
  /** How often something of a form is to appear; the report after a publish says what is behind. */
  cadence: readonly Cadence[];
}

export const site: Site = {
  name: '精华',
  mark: '精',
  tagline: '运营人的成员知识库',
  description:
    '一个给运营新人的付费社群，和它攒下来的东西：每月的大咖直播、拆书拆课、每周二的话题、拆过的案例，都收在这里，可以读，可以听，可以搜到每一句话。',
  language: 'zh-CN',
  contact: { who: '社群负责人林夏', how: '在成员群里 @林夏，或在公众号后台留言“进门”' },
  join: '入会以后，林夏会私信你一个专属链接，点开就能进来。',
  crawlers: 'none',
  themeColor: { light: '#faf8f4', dark: '#161513' },
  activeFiles: [],
  cadence: [
    { form: 'talks', every: 'month', least: 1 },
    { form: 'discussions', every: 'week', least: 1, day: 2 },
    { form: 'breakdowns', every: 'month', least: 1 },
  ],
};
