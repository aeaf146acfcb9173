import type { Form } from './model/form.ts';

/** A publishing goal for one form, for example one talk a month. */
export interface Cadence {
  form: Exclude<Form, 'people'>;
  every: 'week' | 'month';
  /** The number of pieces to publish per week or month. */
  least: number;
  /**
   * For weekly goals: the weekday when it is due, 1 (Monday) to 7 (Sunday). From the next day on, the report also
   * counts the current week; without a day it only looks at the week before.
   */
  day?: number;
}

/**
 * The settings of one community. To set up your own community, change this file, `content/`, `public/`, the colours in
 * `src/styles/tokens.css` and the page for newcomers, `src/pages/start.mdx`.
 */
export interface Site {
  /** The community's name, shown at the top of every page. */
  name: string;
  /** One or two characters for the seal next to the name. */
  mark: string;
  /** One line that says what the site is, shown on the home page, at the door and in the footer. */
  tagline: string;
  /** Two or three sentences for people who aren't members yet: what this is and who it is for. Anyone can read it. */
  description: string;
  /** The language of the interface. Write the entries in it too. */
  language: 'zh-CN' | 'en';
  /** Whom to ask when a member can't get in, and how to reach them. Anyone can read it. */
  contact: { who: string; how: string };
  /** How to become a member. Anyone can read it. */
  join: string;
  /**
   * What search engines may list: nothing, or the pages that anyone may read. They can't read sealed pages either way.
   */
  crawlers: 'none' | 'public pages';
  /** The colour that browsers use around a page (the meta tag `theme-color`), for light and dark mode. */
  themeColor: { light: string; dark: string };
  /**
   * Paths below `public/` of files that a browser may run or render as a page (html, js, svg, xml …). The build stops
   * if `public/` has a file that is neither listed here nor harmless by its kind and its first bytes
   * (scripts/lib/copied.ts).
   */
  activeFiles: readonly string[];
  /** How often each form should appear. The report after a publish lists the goals that were missed. */
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
