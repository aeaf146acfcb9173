import { join } from 'node:path';
import { SLUG } from '../model/fields.ts';
import { AT_TOP, type LocalFinding } from '../model/finding.ts';
import type { Form } from '../model/form.ts';
import { LIMITS } from '../model/limits.ts';
import { isPerson } from '../model/schemas.ts';
import { Cache, digestOf } from './cache.ts';
import { compile, type Compiled, type Parsed } from './compile.ts';
import { findSources, type Found } from './find-sources.ts';
import { stampOf, type Folder } from './folder.ts';
import { readText } from './read-text.ts';
import type { LoadOptions } from './load.ts';
import type { ReportIn } from './report.ts';
import type { Source } from './site.ts';
import { rendererVersion } from './version.ts';

/** What all sources of a folder are read with. */
interface Reading extends Pick<LoadOptions, 'date' | 'drafts' | 'memory'> {
  folder: Folder;
  cache: Cache;
  reportIn: ReportIn;
}

/** Finds, reads and compiles every entry of a folder. Files that would be silently ignored are reported. */
export function readSources(folder: Folder, options: LoadOptions, reportIn: ReportIn): Map<string, Source> {
  const reading: Reading = { ...options, folder, cache: entryCache(options.cache), reportIn };
  const sources = new Map<string, Source>();
  /** The sources by an id that is the same where the file system of some computers can't tell their names apart. */
  const alike = new Map<string, Source>();
  for (const found of findSources(folder, reportIn)) {
    const id = `${found.form}/${found.name}`;
    const shape = id.normalize().toLowerCase();
    const refuse = (message: string, fix: string) =>
      reportIn(found.path, { ...AT_TOP, rule: 'duplicate-entry', message, fix });
    const [same, similar] = [sources.get(id), alike.get(shape)];
    if (same) {
      refuse(`同一篇有两个文件，另一个是 ${same.path}`, '只留一个');
      continue;
    }
    if (similar) {
      refuse(`文件名和 ${similar.path} 只差大小写或编码，有的电脑上是同一个文件`, '换一个文件名');
      continue;
    }
    const source = readSource(found, reading);
    sources.set(id, source);
    if (source.state !== 'wrong') alike.set(shape, source);
  }
  return sources;
}

function readSource({ form, name, path }: Found, reading: Reading): Source {
  const { drafts, date: today, reportIn } = reading;
  const compiled = readCompiled(path, form, reading);
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
  if (compiled.draft && !drafts) return { ...source, state: 'draft' };
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
  const date = isPerson(data) ? data.joined : data.date;
  return { ...source, state: date > today ? 'later' : 'live' };
}

/** Reads the text of an entry. A file that can't be read is reported instead. */
export function readSourceText(
  folder: Pick<Folder, 'root'>,
  path: string,
  report: (finding: LocalFinding) => void = () => undefined,
): string | undefined {
  return readText(folder, path, LIMITS.entry, report);
}

const UNREAD: Compiled = { findings: [], draft: false, places: {} };

function readCompiled(path: string, form: Form, { folder, memory, cache, reportIn }: Reading): Compiled {
  const stamp = memory && stampOf(folder, path);
  const remembered = memory?.get(path);
  if (remembered && remembered.stamp === stamp) return remembered.compiled;
  memory?.delete(path);
  const text = readSourceText(folder, path, (finding) => reportIn(path, finding));
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
