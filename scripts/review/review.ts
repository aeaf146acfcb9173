import { readFileSync } from 'node:fs';
import type { Content, Entry } from '../../src/markdown/load.ts';
import type { Finding, LocalFinding } from '../../src/model/finding.ts';
import { formatTime, parseTime } from '../../src/model/time.ts';

/** What lets an entry be published but should be looked at before: advice to its writer, never a reason to stop a build. */
export function reviewEntries({ entries }: Pick<Content, 'entries'>): Finding[] {
  return entries.flatMap((entry) => {
    const text = readFileSync(entry.file, 'utf8');
    const findings = [
      ...tellingSlug(entry, text),
      ...strayQuotes(entry, text),
      ...lateLines(entry, text),
      ...secrets(text),
    ];
    return findings.map((finding) => ({ ...finding, file: entry.file }));
  });
}

/** An address of a members' entry can be read by anyone, also where it spells the title. */
function tellingSlug({ access, publicHtml, slug, date }: Entry, text: string): LocalFinding[] {
  if (access === 'public' || publicHtml !== undefined || /^\d{4}-\d{2}-\d{2}-[a-z0-9]{4}$/.test(slug))
    return [];
  return [
    {
      rule: 'telling-slug',
      level: 'warning',
      line: Math.max(1, lineOf(text, /^slug:/m)),
      column: 1,
      message: `会员才能读的文章，网址 ${slug} 人人看得到，看得出内容`,
      fix: `写成“日期-四个随机字符”，例如 slug: ${date}-k3vq`,
    },
  ];
}

/** A quote with a time is what was said then: its words stand in the transcript. */
function strayQuotes({ form, lines, quotes }: Entry, text: string): LocalFinding[] {
  if (form !== 'talks' || lines.length === 0) return [];
  const said = plain(lines.map((line) => line.text).join(''));
  const places = [...text.matchAll(/<Quote\b/g)].map(({ index }) => text.slice(0, index).split('\n').length);
  return quotes.flatMap((quote, index): LocalFinding[] => {
    if (quote.from === undefined || said.includes(plain(quote.text))) return [];
    return [
      {
        rule: 'quote-not-said',
        level: 'warning',
        line: places[index] ?? 1,
        column: 1,
        message: `逐字稿里没有这句话：“${quote.text.slice(0, 30)}”`,
        fix: '照逐字稿写，一个字不改；不是录音里的话就去掉 from 和 to',
      },
    ];
  });
}

/** A transcript that goes on after the end of its recording belongs to another, or the length is wrong. */
function lateLines(entry: Entry, text: string): LocalFinding[] {
  if (entry.form !== 'talks' || entry.data.duration === undefined) return [];
  const { duration } = entry.data;
  const late = entry.lines.find(({ t }) => t > parseTime(duration));
  if (!late) return [];
  return [
    {
      rule: 'line-after-end',
      level: 'warning',
      line: Math.max(1, lineOf(text, /^duration:/m)),
      column: 1,
      message: `逐字稿写到 ${formatTime(late.t)}，超过了时长 ${duration}`,
      fix: '改正 duration 或逐字稿的时间',
    },
  ];
}

const plain = (text: string) => text.replace(/[\s\p{P}]/gu, '');

const SECRETS: [rule: string, pattern: RegExp, what: string][] = [
  ['secret-token', /\bkb_[0-9A-Za-z][0-9A-Za-z-]{15,}/g, '会员的专属链接或钥匙'],
  [
    'secret-token',
    /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|sk-[\w-]{20,}|xox[abp]-[\w-]{10,}|LTAI\w{12,})/g,
    '密钥',
  ],
  ['secret-token', /-----BEGIN [A-Z ]*PRIVATE KEY-----/g, '私钥'],
  ['phone-number', /(?<![\d.])1[3-9]\d{9}(?![\d.])/g, '手机号'],
  [
    'id-number',
    /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g,
    '身份证号',
  ],
];

/** What nobody meant to publish, by its shape. The finding doesn't repeat it. */
function secrets(text: string): LocalFinding[] {
  return SECRETS.flatMap(([rule, pattern, what]) =>
    [...text.matchAll(pattern)].map(({ index }): LocalFinding => {
      const above = text.slice(0, index).split('\n');
      return {
        rule,
        level: 'warning',
        line: above.length,
        column: above.at(-1)!.length + 1,
        message: `像是${what}`,
        fix: '删掉它；已经提交过的密钥要作废重发',
      };
    }),
  );
}

function lineOf(text: string, pattern: RegExp): number {
  const index = pattern.exec(text)?.index;
  return index === undefined ? 0 : text.slice(0, index).split('\n').length;
}
