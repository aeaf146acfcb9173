import { posix } from 'node:path';
import type { Fault } from '../model/finding.ts';
import { isForm, SITE_PAGES, type Form } from '../model/form.ts';
import { formatTime, isTime, parseTime } from '../model/time.ts';
import { closest } from './closest.ts';
import type { ReportHere } from './report.ts';
import { withoutGaps } from './slots.ts';
import type { Site, Source } from './site.ts';

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

/** A link within the site as an entry has it. */
interface WrittenLink {
  url: string;
  from: Source;
  report: ReportHere;
}

/** Resolves a link within the site, and reports it if it is broken. */
export function resolveLink(link: WrittenLink, site: Site): ResolvedLink {
  const { url, from, report } = link;
  const target = parseTarget(link);
  if (!target) return {};
  const { kind, key, query, anchor } = target;
  const elsewhere = site.elsewhere.get(stubKey(target));
  if (elsewhere !== undefined) return elsewhere === '' ? {} : { href: `${site.base}${elsewhere}` };

  const id = kind === 'address' ? site.byAddress.get(key) : kind === 'entry' ? key : undefined;
  const entry = id === undefined ? undefined : site.sources.get(id);
  if (entry) {
    // A link to an unpublished entry is shown as text until the entry is published.
    if (entry !== from && entry.state !== 'live') return {};
    const page = entry === from ? '' : `${site.base}${entry.address}`;
    return { href: `${page}${fragmentIn(entry, anchor, link)}` || '#', entry: entry.id };
  }
  if (kind === 'address' && isListPage(key, site)) {
    return { href: `${site.base}${key}${query}${fragmentOf(anchor)}` };
  }
  // The page may be in the list whose errors are reported.
  if (kind === 'address' && site.wrongLists.has(`${LIST_PAGE.exec(key)?.[1] ?? ''}.yaml`)) return {};
  report(faultOf(link, target, site) ?? notFound(url, from, site));
  return {};
}

function parseTarget({ url, from, report }: WrittenLink): LinkTarget | undefined {
  try {
    return targetOf(url, from);
  } catch {
    const message = `链接里的百分号编码不对：${url}`;
    report({ rule: 'broken-link', message, fix: '直接写文件名，不用编码' });
    return undefined;
  }
}

/** The address of a topic or series. */
const LIST_PAGE = /^\/(topics|series)\/([^/]+)\/$/;

/** Whether an address belongs to a page that always exists, or to that of a topic or series. */
function isListPage(address: string, { topics, series }: Site): boolean {
  const [, list, name] = LIST_PAGE.exec(address) ?? [];
  const known = list === 'topics' ? topics : series;
  return SITE_PAGES.includes(address) || (name !== undefined && known.has(name));
}

/** Returns the list page that was probably meant: its topic or series is written by name, or it is misspelt. */
function nearestPage(address: string, { topics, series }: Site): string | undefined {
  const [, list, name = ''] = LIST_PAGE.exec(address) ?? [];
  const called =
    list === 'topics'
      ? [...topics.values()].find((topic) => [topic.name, ...topic.aliases, ...topic.formerly].includes(name))
      : list === 'series' && [...series.values()].find(({ title }) => title === name);
  if (called) return `/${list}/${called.id}/`;
  const pages = (of: string, ids: Iterable<string>) => [...ids].map((id) => `/${of}/${id}/`);
  return closest(address, [
    ...SITE_PAGES,
    ...pages('topics', topics.keys()),
    ...pages('series', series.keys()),
  ]);
}

/** Explains a broken link that can't be meant for an entry as it is written. */
function faultOf({ url, from }: WrittenLink, { kind, key }: LinkTarget, site: Site): Fault | undefined {
  if (kind === 'address') {
    const meant = /\.mdx?\/$/.test(key) ? nearestPath(key.slice(0, -1), from, site) : nearestPage(key, site);
    return {
      rule: 'broken-link',
      message: `站内没有 ${key}`,
      fix: meant === undefined ? '链接文章请用相对路径，例如 ../notes/foo.mdx' : `是不是 ${meant}？`,
    };
  }
  if (kind === 'path' && key.startsWith('..')) {
    return {
      rule: 'outside-content',
      message: `链接指到了内容文件夹外面：${url}`,
      fix: '只能链接内容文件夹里的文章',
    };
  }
  if (/^[^\s/@?#]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(url)) {
    return { rule: 'broken-link', message: `没有这篇文章：${url}`, fix: `邮箱写成 mailto:${url}` };
  }
  if (/^(?:[a-z0-9-]+\.)+(?:app|cn|com|dev|io|net|org|top)(?:[/?#]|$)/i.test(url)) {
    return {
      rule: 'broken-link',
      message: `没有这篇文章：${url}`,
      fix: `如果是网址，写成 https://${url}`,
    };
  }
  if (/\.[a-z0-9]+(?:[?#]|$)/i.test(url) && !/\.mdx?(?:[?#]|$)/.test(url)) {
    return {
      rule: 'link-to-file',
      message: `链接到了文件 ${url}`,
      fix: /\.(?:png|jpe?g|webp|gif|svg)(?:[?#]|$)/i.test(url)
        ? `图片写成 ![图里有什么](${url})，感叹号用英文的`
        : `附件写成 <Attachment src="./${url.replace(/^.*\//, '')}" title="名字" />，文章用 .mdx 的相对路径`,
    };
  }
  return undefined;
}

function notFound(url: string, from: Source, site: Site): Fault {
  const meant = nearestPath(url, from, site);
  return {
    rule: 'broken-link',
    message: `没有这篇文章：${url}`,
    fix: meant === undefined ? '检查文件名和文件夹，例如 ../notes/foo.mdx' : `是不是 ${meant}？`,
  };
}

/** `notes/foo.mdx` and `notes/foo/index.mdx` are the same entry. */
function entryIdOf(path: string): string | undefined {
  const [, form, name] = /^([^/]+)\/([^/]+?)(?:\/index)?\.mdx$/.exec(path) ?? [];
  return form !== undefined && name !== undefined && isForm(form) ? `${form}/${name}` : undefined;
}

/** Returns the fragment for an anchor in an entry, and reports an anchor that the entry doesn't have. */
function fragmentIn(target: Source, anchor: string | undefined, { from, report }: WrittenLink): string {
  if (anchor === undefined) return '';
  const { body } = target.compiled;
  const id = body && anchorId(anchor, target.form, body);
  const end = endOf(target);
  const second = /^t=(\d+)$/.exec(anchor)?.[1];
  if (end !== undefined && second !== undefined && Number(second) > end) {
    report({
      rule: 'broken-anchor',
      message: `#${anchor} 超过了${target === from ? '本文' : ` ${target.path} `}的时长 ${formatTime(end)}`,
      fix: `秒数不能大于 ${end}；链接到整场就去掉 # 和后面的字`,
    });
  } else if (body && id === undefined) {
    const [heading] = body.headings;
    const time = anchor.replace(/^t=/, '');
    report({
      rule: 'broken-anchor',
      message: `${target === from ? '本文' : target.path} 里没有 #${anchor}`,
      fix:
        target.form === 'talks' && isTime(time)
          ? `写成 #t=${parseTime(time)}`
          : heading
            ? `写成 # 加小标题，例如 #${withoutGaps(heading.text).trim().replaceAll(' ', '%20')}`
            : '去掉 # 和后面的字',
    });
  }
  return fragmentOf(id ?? anchor);
}

/** The last second of a talk, by its duration and transcript; undefined for a talk that doesn't say how long it is. */
function endOf({ compiled: { data, body } }: Source): number | undefined {
  if (!data || !('duration' in data) || data.duration === undefined) return undefined;
  return Math.max(parseTime(data.duration), body?.lines.at(-1)?.t ?? 0);
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
