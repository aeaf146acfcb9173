import { posix } from 'node:path';
import { isForm, SITE_PAGES, type Form } from '../model/form.ts';
import { closest } from './closest.ts';
import { withoutGaps } from './slots.ts';
import type { Report, Site, Source } from './site.ts';
import type { Spot } from './spot.ts';

export interface ResolvedLink {
  /** With base; missing if the target isn't published yet. */
  href?: string;
  /** Id of the entry that it leads to, if it leads to one. */
  entry?: string;
}

/** The target of a link within the site, parsed from its text alone. */
export interface LinkTarget {
  /** Whether `key` is the id of an entry, the address of a page, or a path that is neither. */
  kind: 'entry' | 'address' | 'path';
  key: string;
  query: string;
  /** Decoded; missing if there is none. */
  anchor?: string;
}

/**
 * Parses a link in the entry `from`.
 * @throws URIError when its percent-encoding is invalid
 */
export function targetOf(url: string, from: { path: string; id: string }): LinkTarget {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(url) ?? [];
  const plain = decodeURIComponent(path);
  const rest = { query, ...(fragment === '' ? {} : { anchor: decodeURIComponent(fragment) }) };
  if (plain === '') return { kind: 'entry', key: from.id, ...rest };
  if (plain.startsWith('/'))
    return { kind: 'address', key: plain.endsWith('/') ? plain : `${plain}/`, ...rest };
  const key = posix.join(posix.dirname(from.path), plain);
  const id = entryIdOf(key);
  return id === undefined ? { kind: 'path', key, ...rest } : { kind: 'entry', key: id, ...rest };
}

/** Returns the key under which stubs store the address of a target and its anchor. */
export function stubKey({ key, anchor }: LinkTarget): string {
  return anchor === undefined ? key : `${key}#${anchor}`;
}

/** Resolves a link within the site, and reports it if it is broken. */
export function resolveLink(url: string, from: Source, site: Site, spot: Spot, report: Report): ResolvedLink {
  const broken = (rule: string, message: string, fix: string): ResolvedLink => {
    report({ rule, line: spot.line, column: spot.column, message, fix });
    return {};
  };
  let target: LinkTarget;
  try {
    target = targetOf(url, from);
  } catch {
    return broken('broken-link', `链接里的百分号编码不对：${url}`, '直接写文件名，不用编码');
  }
  const { kind, key, query, anchor } = target;
  const elsewhere = site.elsewhere.get(stubKey(target));
  if (elsewhere !== undefined) return elsewhere === '' ? {} : { href: `${site.base}${elsewhere}` };

  const id = kind === 'address' ? site.byAddress.get(key) : kind === 'entry' ? key : undefined;
  const entry = id === undefined ? undefined : site.sources.get(id);
  if (entry) {
    // A link to an unpublished entry is shown as text until the entry is published.
    if (entry !== from && entry.state !== 'live') return {};
    return { href: hrefOf(entry, from, site, anchor, spot, report), entry: entry.id };
  }
  if (kind === 'address') {
    const [, list, name] = /^\/(topics|series)\/([^/]+)\/$/.exec(key) ?? [];
    const known = list === 'topics' ? site.topics : site.series;
    if (SITE_PAGES.includes(key) || (name !== undefined && known.has(name))) {
      return { href: `${site.base}${key}${query}${fragmentOf(anchor)}` };
    }
    return broken('broken-link', `站内没有 ${key}`, '链接文章请用相对路径，例如 ../notes/foo.mdx');
  }
  if (kind === 'path' && key.startsWith('..')) {
    return broken('outside-content', `链接指到了内容文件夹外面：${url}`, '只能链接内容文件夹里的文章');
  }
  if (/^(?:[a-z0-9-]+\.)+(?:app|cn|com|dev|io|net|org|top)(?:[/?#]|$)/i.test(url)) {
    return broken('broken-link', `没有这篇文章：${url}`, `如果是网址，写成 https://${url}`);
  }
  if (/\.[a-z0-9]+(?:[?#]|$)/i.test(url) && !/\.mdx?(?:[?#]|$)/.test(url)) {
    return broken(
      'link-to-file',
      `链接到了文件 ${url}`,
      /\.(?:png|jpe?g|webp|gif|svg)(?:[?#]|$)/i.test(url)
        ? `图片写成 ![图里有什么](${url})，感叹号用英文的`
        : '附件写成 <Attachment src="./sheet.csv" title="名字" />，文章用 .mdx 的相对路径',
    );
  }
  const meant = nearestPath(url, from, site);
  if (meant !== undefined) return broken('broken-link', `没有这篇文章：${url}`, `是不是 ${meant}？`);
  return broken('broken-link', `没有这篇文章：${url}`, '检查文件名和文件夹，例如 ../notes/foo.mdx');
}

/** `notes/foo.mdx` and `notes/foo/index.mdx` are the same entry. */
function entryIdOf(path: string): string | undefined {
  const [, form, name] = /^([^/]+)\/([^/]+?)(?:\/index)?\.mdx$/.exec(path) ?? [];
  return form !== undefined && name !== undefined && isForm(form) ? `${form}/${name}` : undefined;
}

function hrefOf(
  target: Source,
  from: Source,
  site: Site,
  anchor: string | undefined,
  spot: Spot,
  report: Report,
): string {
  const address = target === from ? '' : `${site.base}${target.address}`;
  if (anchor === undefined) return address === '' ? '#' : address;
  const { body } = target.compiled;
  const id = body && anchorId(anchor, target.form, body);
  if (body && id === undefined) {
    const [heading] = body.headings;
    report({
      rule: 'broken-anchor',
      line: spot.line,
      column: spot.column,
      message: `${target === from ? '本文' : target.path} 里没有 #${anchor}`,
      fix: heading
        ? `写成 # 加小标题，例如 #${withoutGaps(heading.text).trim().replaceAll(' ', '%20')}`
        : '去掉 # 和后面的字',
    });
  }
  return `${address}${fragmentOf(id ?? anchor)}`;
}

function fragmentOf(anchor: string | undefined): string {
  return anchor === undefined ? '' : `#${encodeURIComponent(anchor).replaceAll('%3D', '=')}`;
}

/** The parts of a body or entry that a link can point to. */
interface Anchored {
  headings: { id: string; text: string }[];
  quotes: { id: string }[];
  lines: { id: string }[];
  parts?: (Anchor | { component: 'prose' })[];
}

interface Anchor {
  component: string;
  id: string;
  blocks?: Anchor[];
}

/** Returns the id that an anchor refers to. Writers can use the id itself or the text of a heading. */
export function anchorId(
  anchor: string,
  form: Form,
  { headings, quotes, lines, parts = [] }: Anchored,
): string | undefined {
  if (form === 'talks' && /^t=\d+$/.test(anchor)) return anchor;
  const ids = [...headings, ...quotes, ...lines, ...parts.filter((part) => 'id' in part)].flatMap(idsOf);
  if (ids.includes(anchor)) return anchor;
  return headings.find(({ text }) => withoutGaps(text).trim() === anchor.trim())?.id;
}

function idsOf(place: { id: string; blocks?: Anchor[] }): string[] {
  return [place.id, ...(place.blocks ?? []).flatMap(idsOf)];
}

/** Returns the path of an entry in the folder with the same or nearly the same name. */
function nearestPath(path: string, from: Source, site: Site): string | undefined {
  const [file = ''] = path.split(/[#?]/, 1);
  const name = posix.basename(file.replace(/\.mdx?$/, '').replace(/\/index$/, ''));
  if (name === '') return undefined;
  const sources = [...site.sources.values()];
  const called = closest(
    name,
    sources.map((source) => source.name),
  );
  const near = sources.find((source) => source.name === called);
  return near && posix.relative(posix.dirname(from.path), near.path);
}
