import { SLUG } from '../model/fields.ts';
import { AT_TOP, type LocalFinding } from '../model/finding.ts';
import { FORMS, isForm, type Form } from '../model/form.ts';
import { LIMITS } from '../model/limits.ts';
import { join } from 'node:path';
import { Cache, digestOf } from './cache.ts';
import { closest } from './closest.ts';
import { compile, type Compiled, type Parsed } from './compile.ts';
import { stampOf, type Folder } from './folder.ts';
import { LIST_FILES, readText } from './lists.ts';
import type { LoadOptions, Memory } from './load.ts';
import type { ReportIn, Source } from './site.ts';
import { rendererVersion } from './version.ts';

const NOTES = /^(?:README|LICENSE|CONTRIBUTING)(?:\.\w+)?$/i;

/** Whether a file is for people who look at the folder, not for the site. */
export function isForReaders(path: string): boolean {
  return NOTES.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Finds, reads and compiles every entry of a folder. Files that would be silently ignored are reported. */
export function readSources(folder: Folder, options: LoadOptions, reportIn: ReportIn): Map<string, Source> {
  const cache = entryCache(options.cache);
  const sources = new Map<string, Source>();
  /** The sources by an id that is the same where the file system of some computers can't tell their names apart. */
  const alike = new Map<string, Source>();
  for (const { form, name, path } of findSources(folder, reportIn)) {
    const id = `${form}/${name}` as const;
    const shape = id.normalize().toLowerCase();
    const refuse = (message: string, fix: string) =>
      reportIn(path, { ...AT_TOP, rule: 'duplicate-entry', message, fix });
    const [same, similar] = [sources.get(id), alike.get(shape)];
    if (same) {
      refuse(`同一篇有两个文件，另一个是 ${same.path}`, '只留一个');
      continue;
    }
    if (similar) {
      refuse(`文件名和 ${similar.path} 只差大小写或编码，有的电脑上是同一个文件`, '换一个文件名');
      continue;
    }
    const source = readSource(folder, path, form, name, options, cache, reportIn);
    if (!source) continue;
    sources.set(id, source);
    if (source.state !== 'wrong') alike.set(shape, source);
  }
  return sources;
}

function readSource(
  folder: Folder,
  path: string,
  form: Form,
  name: string,
  options: LoadOptions,
  cache: Cache,
  reportIn: ReportIn,
): Source | undefined {
  const compiled = readCompiled(folder, path, form, options.memory, cache, reportIn);
  const { data } = compiled;
  const slug = data?.slug ?? name;
  const source: Source = {
    id: `${form}/${name}`,
    form,
    name,
    path,
    compiled,
    state: 'live',
    slug,
    address: `/${form}/${slug}/`,
  };
  if (compiled.draft && !options.drafts) return { ...source, state: 'draft' };
  compiled.findings.forEach((finding) => reportIn(path, finding));
  if (!SLUG.test(slug)) {
    reportIn(path, {
      ...AT_TOP,
      rule: 'file-name',
      message: `文件名 ${name} 不能作网址`,
      fix: '文件名只用小写字母、数字和连字符，或在信息区写 slug',
    });
    return { ...source, state: 'wrong' };
  }
  if (!data || !compiled.body) return { ...source, state: 'wrong' };
  const date = 'date' in data ? data.date : data.joined;
  return { ...source, state: date > options.date ? 'later' : 'live' };
}

/** Reads the text of an entry. A file that can't be read is reported instead. */
export function readEntry(
  folder: Pick<Folder, 'root'>,
  path: string,
  report: (finding: LocalFinding) => void = () => undefined,
): string | undefined {
  return readText(folder, path, LIMITS.entry, report);
}

const UNREAD: Compiled = { findings: [], draft: false, places: {} };

function readCompiled(
  folder: Folder,
  path: string,
  form: Form,
  memory: Memory | undefined,
  cache: Cache,
  reportIn: ReportIn,
): Compiled {
  const stamp = memory && stampOf(folder, path);
  const remembered = memory?.get(path);
  if (remembered && remembered.stamp === stamp) return remembered.compiled;
  memory?.delete(path);
  const text = readEntry(folder, path, (finding) => reportIn(path, finding));
  if (text === undefined) return UNREAD;
  const compiled = compileOnce(text, form, cache);
  if (stamp !== undefined) memory?.set(path, { stamp, compiled });
  return compiled;
}

/** Opens the cache of compiled entries in the folder that {@link LoadOptions} names. */
export function entryCache(folder: string): Cache {
  return new Cache(join(folder, 'entries'));
}

/** Returns the cache key of a compiled text. It changes whenever the renderer changes. */
export function entryKey(text: string, form: Form): string {
  return `${digestOf(rendererVersion(), form, text).slice(0, 32)}.json`;
}

/** Compiles a text, see {@link compile}, or returns the cached result. */
export function compileOnce(text: string, form: Form, cache: Cache, parse?: () => Parsed): Compiled {
  const name = entryKey(text, form);
  const kept = cache.readJson(name) as Compiled | undefined;
  if (kept) return kept;
  const compiled = JSON.stringify(compile(text, form, parse));
  cache.write(name, compiled);
  // Returns exactly what the next run reads from the cache, so that everything derived from it is identical to the
  // byte.
  return JSON.parse(compiled) as Compiled;
}

interface Found {
  form: Form;
  name: string;
  path: string;
}

/** Files that `npm run import` can turn into entries. */
const MANUSCRIPT = /\.(?:docx?|html?|txt|srt|vtt)$/i;

/**
 * Names that no entry may have, even if it has another name in its address: with characters that a terminal obeys or
 * nobody sees, and the one that is no key of an object in JavaScript.
 */
const UNUSABLE_NAME = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^__proto__$/u;

/** The finding for a misplaced file. */
type Misplaced = Pick<LocalFinding, 'rule' | 'message' | 'fix'>;

/** Finds the files that are entries by their location, and reports all others. */
export function findSources(folder: Folder, reportIn: ReportIn): Found[] {
  const found: Found[] = [];
  // Report each folder only once.
  const reported = new Set<string>();
  for (const path of folder.files) {
    if (isForReaders(path)) continue;
    const [top = '', second = '', ...rest] = path.split('/');
    const find = (form: Form, name: string) => {
      if (UNUSABLE_NAME.test(name)) refuse(UNUSABLE);
      else found.push({ form, name, path });
    };
    const refuse = (misplaced: Misplaced) => reportIn(path, { ...AT_TOP, ...misplaced });
    const refuseOnce = (of: string, misplaced: Misplaced) => {
      if (!reported.has(of)) refuse(misplaced);
      reported.add(of);
    };
    if (second === '') {
      if (!LIST_FILES.includes(top)) refuse(unknownFile(top, unknownTop(top)));
    } else if (!isForm(top)) {
      refuseOnce(top, unknownFolder(top));
    } else if (rest.length === 0) {
      const name = /^(.+)\.mdx$/.exec(second)?.[1];
      if (name !== undefined && name !== 'index') find(top, name);
      else refuse(notAnEntry(top, second));
    } else if (rest.length === 1 && rest[0] === 'index.mdx') {
      find(top, second);
    } else if (rest.at(-1)!.endsWith('.mdx')) {
      refuse(notTheEntry(top, rest));
    } else {
      const entry = `${top}/${second}/index.mdx`;
      if (!folder.files.has(entry)) {
        refuseOnce(entry, {
          rule: 'missing-index',
          message: `文件夹 ${top}/${second} 里没有文章`,
          fix: `文章写成 ${entry}`,
        });
      }
    }
  }
  return found;
}

const UNUSABLE: Misplaced = {
  rule: 'file-name',
  message: '文件名里有看不见的字符，或不能用',
  fix: '文件名只用小写字母、数字和连字符',
};

function unknownFile(name: string, fix: string): Misplaced {
  return { rule: 'unknown-file', message: `不认识的文件 ${name}`, fix };
}

function unknownFolder(name: string): Misplaced {
  const meant = closest(name, FORMS);
  return {
    rule: 'unknown-folder',
    message: `不认识的文件夹 ${name}`,
    fix: meant === undefined ? `文章放在 ${FORMS.join('、')} 里` : `是不是 ${meant}？`,
  };
}

/** Explains a file next to the entries of a form. */
function notAnEntry(form: Form, name: string): Misplaced {
  if (/\.mdx?$/i.test(name)) return unknownFile(name, '文章的文件名以 .mdx 结尾，例如 cold-start.mdx');
  if (/\.mdx\.txt$/i.test(name)) {
    return unknownFile(
      name,
      `文章的文件名以 .mdx 结尾，改名成 ${name.slice(0, -4)}；电脑上看不到 .txt 的话，先让它显示文件扩展名`,
    );
  }
  return {
    rule: 'unknown-file',
    message: `文件 ${name} 没有放进文章的文件夹`,
    fix: `${MANUSCRIPT.test(name) ? '是稿子就用 npm run import 变成文章；是附件就' : ''}放到 ${form}/文章名/ 里，文章写成 ${form}/文章名/index.mdx`,
  };
}

/** Explains an .mdx file in an entry's folder that isn't the entry itself. */
function notTheEntry(form: Form, below: string[]): Misplaced {
  if (below.length > 1 && below.at(-1) === 'index.mdx') {
    return {
      rule: 'unknown-file',
      message: '文章的文件夹放在了别的文件夹里',
      fix: `移到 ${form}/${below.at(-2)!}/index.mdx`,
    };
  }
  return {
    rule: 'unknown-file',
    message: '一个文件夹里只能有一篇文章 index.mdx',
    fix: '另一篇放到自己的文件夹里',
  };
}

function unknownTop(name: string): string {
  if (/\.ya?ml$/.test(name)) return `这里可以放 ${LIST_FILES.join('、')}`;
  return `文章放在 ${FORMS.join('、')} 里`;
}
