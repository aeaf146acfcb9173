import { basename, relative } from 'node:path';
import { megabytes } from '../../src/text/megabytes.ts';
import type { Entry } from '../../src/markdown/content.ts';
import { isTeased } from '../../src/markdown/projection.ts';
import { LOWEST_TIER } from '../../src/model/audience.ts';
import type { Finding } from '../../src/model/finding.ts';
import { escapeMarkdown } from '../lib/escape-markdown.ts';
import type { Preview } from './preview.ts';
import type { Survey } from './survey.ts';

/** GitHub cuts a summary at 1 MiB, and nobody reads longer lists. */
const MOST = 100;

/**
 * Writes a summary of a pull request for reviewers, in Markdown. Text of contributors is escaped.
 *
 * @param preview - missing if nothing could be built
 */
export function summarize(
  { entries, gone, lists, size, findings }: Survey,
  preview: Preview | undefined,
): string {
  const added = entries.filter(({ isNew }) => isNew);
  const edited = entries.filter(({ isNew }) => !isNew);
  const lines = [
    `## 这次改动：新页面 ${added.length}，改动 ${edited.length}，删除 ${gone.length}`,
    ...(entries.length > 0 ? ['| | 页面 | 谁能读 | 文件 |', '| --- | --- | --- | --- |'] : []),
    ...atMost(openFirst([...added, ...edited]).map(({ entry, isNew }) => row(entry, isNew))),
    ...(gone.length > 0 ? ['', ...atMost(gone.map((file) => `- 删除 ${escapeMarkdown(shown(file))}`))] : []),
    ...(lists.length > 0 ? ['', ...lists.map(listed)] : []),
    '',
    `**大小** 内容里新的和改过的 ${size.files} 个文件，${megabytes(size.bytes, 1)}。${preview ? `整站 ${preview.files} 个文件，${megabytes(preview.bytes, 1)}。` : ''}`,
    '',
    '## 检查',
    findings.length === 0
      ? '没有问题。'
      : `${count(findings, 'error')} 处错误，${count(findings, 'warning')} 处提醒。`,
    '',
    ...atMost(findings.map(remark)),
    ...(preview ? ['', ...opening(preview)] : ['', '有错误，没有做预览。']),
  ];
  return lines.join('\n');
}

/** Puts what strangers can read first, all or a part of it: no other pages may push it off a list that is cut. */
function openFirst<T extends { entry: Entry }>(changed: readonly T[]): T[] {
  const isOpen = ({ entry }: T) =>
    entry.access === 'public' || entry.publicHtml !== undefined || isTeased(entry);
  return [...changed.filter(isOpen), ...changed.filter((one) => !isOpen(one))];
}

function row(entry: Entry, isNew: boolean): string {
  const { title, address, file, data } = entry;
  const isDraft = 'draft' in data && data.draft;
  const cells = [
    isNew ? '新' : '改',
    `${escapeMarkdown(title)}${isDraft ? '（草稿，不会发布）' : ''} ${escapeMarkdown(address)}`,
    readersOf(entry),
    escapeMarkdown(shown(file)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function readersOf(entry: Entry): string {
  const { access } = entry;
  if (access === 'public') return '**所有人**';
  const members = access === LOWEST_TIER ? '成员' : `${access} 以上的成员`;
  if (entry.publicHtml !== undefined) return `${members}；\`<Members />\` 以上**所有人**`;
  return isTeased(entry) ? `${members}；标题、摘要、封面**所有人**` : members;
}

/** What a changed file may change elsewhere, without a changed entry. */
const effects: Record<string, string> = {
  // The order of the tiers decides which keys each member gets.
  'tiers.yaml': '，**谁能读什么可能变了**',
  '.gitattributes': '，**合并请求里可能看不到改动**，这里列的都要打开看',
};

function listed(file: string): string {
  return `- 改了 ${escapeMarkdown(shown(file))}${effects[basename(file)] ?? ''}`;
}

function remark({ level, file, line, column, message, fix, rule }: Finding): string {
  const where = escapeMarkdown(`${shown(file)}:${line}:${column}`);
  return `- ${level === 'error' ? '**错误**' : '提醒'} ${where} ${escapeMarkdown(`${message} → ${fix}`)} (${rule})`;
}

function opening({ token }: Preview): string[] {
  return [
    '## 打开预览',
    '',
    '从这次运行的页面下载 `preview`，解压，在项目里运行下面这一行（换成你解压到的地方），再打开它下面的网址。钥匙是这次运行随手造的，别的什么也打不开。',
    '',
    '```sh',
    `PORT=8765 KB_OUT=~/Downloads/preview/site npm run preview`,
    '```',
    '',
    `http://127.0.0.1:8765/#key=${token}`,
  ];
}

function atMost(lines: string[]): string[] {
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST), '', `……还有 ${lines.length - MOST} 条。`];
}

function count(findings: Finding[], level: Finding['level']): number {
  return findings.filter((finding) => finding.level === level).length;
}

function shown(file: string): string {
  return relative(process.cwd(), file);
}
