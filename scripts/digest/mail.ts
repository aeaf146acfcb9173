import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comment, Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { texts } from '../../src/i18n/index.ts';
import { site } from '../../src/site.ts';
import { lightColours } from '../../src/styles/light.ts';
import { projectRoot } from '../lib/settings.ts';
import type { Item, Letter } from './letter.ts';

const colour = lightColours(readFileSync(join(projectRoot, 'src/styles/tokens.css'), 'utf8'));
const [ink, faint, accent] = [colour('ink'), colour('ink-faint'), colour('accent')];

// On a Chinese site a Chinese font comes first, as in src/styles/tokens.css.
const fonts =
  site.language === 'en'
    ? '-apple-system,sans-serif'
    : "'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif";

// Mail clients drop style sheets and scripts, so every element has its own style, and tables hold the layout. Outlook on
// Windows lays mails out as Word does: it knows no max-width, no `display`, and padding only in cells.
const styles = {
  body: `margin:0;padding:0;background:${colour('paper-deep')};`,
  frame: 'width:100%;border-collapse:collapse;',
  sheet: 'width:100%;max-width:600px;border-collapse:collapse;background:#ffffff;',
  cell: `padding:28px 24px;font-family:${fonts};font-size:16px;line-height:1.7;color:${ink};text-wrap:pretty;`,
  heading: 'margin:0;font-size:22px;line-height:1.4;text-wrap:balance;',
  days: `margin:4px 0 0;font-size:14px;color:${faint};`,
  title: `margin:28px 0 8px;padding-top:14px;border-top:1px solid ${ink};font-size:16px;line-height:1.5;`,
  item: 'margin:0 0 14px;',
  noted: 'margin:0;',
  link: `color:${accent};text-decoration:none;`,
  // An address has no spaces to break at.
  address: `color:${accent};text-decoration:none;word-break:break-all;`,
  note: `margin:0 0 14px;font-size:14px;color:${faint};`,
  // Elsewhere the link has the padding, so that the whole button can be tapped.
  more: `background:${accent};mso-padding-alt:10px 18px;`,
  button: 'margin-top:26px;border-collapse:collapse;',
  moreLink: 'display:inline-block;padding:10px 18px;color:#ffffff;text-decoration:none;',
  footer: `margin:28px 0 0;font-size:13px;color:${faint};`,
};

/** Formats the letter as an HTML mail, without scripts, pictures or anything loaded from elsewhere. */
export function mailHtml({ heading, subject, days, sections, more, footer }: Letter): string {
  const content = [
    h('h1', { style: styles.heading }, heading),
    h('p', { style: styles.days }, days),
    ...sections.flatMap(({ title, items }) => [
      h('h2', { style: styles.title }, title),
      ...items.flatMap(itemOf),
    ]),
    sections.length === 0 ? h('p', texts.news.none) : more && moreOf(more),
    h('p', { style: styles.footer }, footer),
  ];
  const sheet = h('table', { role: 'presentation', align: 'center', style: styles.sheet }, [
    h('tr', h('td', { style: styles.cell }, content)),
  ]);
  const frame = h('table', { role: 'presentation', style: styles.frame }, [
    h('tr', h('td', { align: 'center', style: 'padding:16px 8px;' }, inOutlook(sheet))),
  ]);
  const head = h('head', [
    h('meta', { charset: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width' }),
    h('title', subject),
  ]);
  const page = h('html', { lang: site.language }, [head, h('body', { style: styles.body }, frame)]);
  return `<!doctype html>\n${toHtml(page)}\n`;
}

/** Puts a sheet into a table of its greatest width, for Outlook alone; the comments are Microsoft's. */
function inOutlook(sheet: Element): (Element | Comment)[] {
  return [
    { type: 'comment', value: '[if mso]><table role="presentation" width="600"><tr><td><![endif]' },
    sheet,
    { type: 'comment', value: '[if mso]></td></tr></table><![endif]' },
  ];
}

function itemOf({ text, note, address }: Item) {
  const style = text === undefined ? styles.address : styles.link;
  return [
    h('p', { style: note ? styles.noted : styles.item }, h('a', { href: address, style }, text ?? address)),
    ...(note ? [h('p', { style: styles.note }, note)] : []),
  ];
}

/** A button: a link in a cell of the button's colour. */
function moreOf({ text, address }: NonNullable<Letter['more']>) {
  const cell = h('td', { style: styles.more }, h('a', { href: address, style: styles.moreLink }, text));
  return h('table', { role: 'presentation', style: styles.button }, h('tr', cell));
}
