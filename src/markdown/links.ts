import { posix } from 'node:path';
import { isForm, SITE_PAGES } from '../model/form.ts';
import type { Body, BlockTemplate } from './body.ts';
import { withoutGaps } from './slots.ts';
import type { Report, Site, Source } from './site.ts';
import { distance } from './validate.ts';

export interface ResolvedLink {
  /** With base; missing where the target is not published yet. */
  href?: string;
  /** The entry it leads to, where it is one. */
  entry?: string;
}

interface Spot {
  line: number;
  column: number;
}

/** Finds what a link within the site leads to; what leads nowhere is reported. */
export function resolveLink(url: string, from: Source, site: Site, spot: Spot, report: Report): ResolvedLink {
  const [, path = '', query = '', fragment] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(url) ?? [];
  const broken = (rule: string, message: string, fix: string): ResolvedLink => {
    report({ rule, ...spot, message, fix });
    return {};
  };
  let plain: string;
  let anchor: string | undefined;
  try {
    plain = decodeURIComponent(path);
    anchor = fragment === undefined || fragment === '' ? undefined : decodeURIComponent(fragment);
  } catch {
    return broken('broken-link', `链接里的百分号编码不对：${url}`, '直接写文件名，不用编码');
  }

  if (plain === '') return toAnchor('', from, from, anchor, spot, report);
  if (plain.startsWith('/')) {
    const address = plain.endsWith('/') ? plain : `${plain}/`;
    const id = site.byAddress.get(address);
    if (id !== undefined) return toEntry(id, from, site, anchor, spot, report);
    const [, kind, name] = /^\/(topics|series)\/([^/]+)\/$/.exec(address) ?? [];
    const known = kind === 'topics' ? site.topics : site.series;
    if (SITE_PAGES.includes(address) || (name !== undefined && known.has(name))) {
      return {
        href: `${site.base}${address}${query}${anchor === undefined ? '' : `#${encodeURIComponent(anchor)}`}`,
      };
    }
    return broken('broken-link', `站内没有 ${address}`, '链接文章请用相对路径，例如 ../notes/foo.mdx');
  }

  const target = posix.join(posix.dirname(from.path), plain);
  if (target.startsWith('../') || target === '..') {
    return broken('outside-content', `链接指到了内容文件夹外面：${plain}`, '只能链接内容文件夹里的文章');
  }
  const id = entryIdOf(target);
  if (id !== undefined && (site.sources.has(id) || site.elsewhere.has(id))) {
    return toEntry(id, from, site, anchor, spot, report);
  }
  const meant = closest(plain, from, site);
  if (meant !== undefined) return broken('broken-link', `没有这篇文章：${plain}`, `是不是 ${meant}？`);
  if (!/\.mdx?$/.test(plain)) {
    return broken(
      'link-to-file',
      `链接到了文件 ${plain}`,
      '附件写成 <Attachment src="./sheet.csv" title="名字" />，文章用 .mdx 的相对路径',
    );
  }
  return broken('broken-link', `没有这篇文章：${plain}`, '检查文件名和文件夹，例如 ../notes/foo.mdx');
}

/** `notes/foo.mdx` and `notes/foo/index.mdx` are the same entry. */
function entryIdOf(path: string): string | undefined {
  const [, form, name] = /^([^/]+)\/([^/]+?)(?:\/index)?\.mdx$/.exec(path) ?? [];
  return form !== undefined && name !== undefined && isForm(form) ? `${form}/${name}` : undefined;
}

function toEntry(
  id: string,
  from: Source,
  site: Site,
  anchor: string | undefined,
  spot: Spot,
  report: Report,
): ResolvedLink {
  const target = site.sources.get(id);
  if (!target) {
    return {
      href: `${site.base}${site.elsewhere.get(id)!}${anchor === undefined ? '' : `#${encodeURIComponent(anchor)}`}`,
    };
  }
  // Left out for now: the words stay, the link comes with the entry.
  if (target.state !== 'live') return {};
  return { ...toAnchor(`${site.base}${target.address}`, from, target, anchor, spot, report), entry: id };
}

function toAnchor(
  address: string,
  from: Source,
  target: Source,
  anchor: string | undefined,
  spot: Spot,
  report: Report,
): ResolvedLink {
  if (anchor === undefined) return { href: address === '' ? '#' : address };
  const { body } = target.compiled;
  const id = body && anchorId(anchor, body, target);
  if (body && id === undefined) {
    const headings = body.headings.map(({ text }) => withoutGaps(text).trim());
    report({
      rule: 'broken-anchor',
      ...spot,
      message: `${target === from ? '本文' : target.path}里没有 #${anchor}`,
      fix:
        headings.length > 0
          ? `写成 # 加小标题，例如 #${headings[0]!.replaceAll(' ', '%20')}`
          : '去掉 # 和后面的字',
    });
  }
  return { href: `${address}#${id ?? encodeURIComponent(anchor)}` };
}

/** Writers name a place by its id, or by the words of its heading. */
function anchorId(anchor: string, body: Body, target: Source): string | undefined {
  if (target.form === 'talks' && /^t=\d+$/.test(anchor)) return anchor;
  const ids = new Set([
    ...body.headings.map(({ id }) => id),
    ...body.quotes.map(({ id }) => id),
    ...body.lines.map(({ id }) => id),
    ...(body.parts ?? []).flatMap((part) => (part.component === 'prose' ? [] : blockIds(part))),
  ]);
  if (ids.has(anchor)) return anchor;
  return body.headings.find(({ text }) => withoutGaps(text).trim() === anchor.trim())?.id;
}

function blockIds(block: BlockTemplate): string[] {
  return [block.id, ...(block.blocks ?? []).flatMap(blockIds)];
}

/** A path that leads to an entry of the same name elsewhere, or of nearly the same name. */
function closest(path: string, from: Source, site: Site): string | undefined {
  const [, name] = /([^/]+?)(?:\/index)?(?:\.mdx?)?$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  const same = [...site.sources.values()].find((source) => source.name === name);
  const near = same ?? [...site.sources.values()].find((source) => distance(source.name, name) <= 2);
  return near && posix.relative(posix.dirname(from.path), near.path);
}
