import { checkMissingSteps } from './check-sequence.ts';
import { closest } from './closest.ts';
import type { LocalFinding } from '../model/finding.ts';
import type { Folder } from './folder.ts';
import type { Lists } from './lists.ts';
import type { MediaStore } from './media.ts';
import { findPerson } from './references.ts';
import { reportAt, type ReportIn } from './report.ts';
import type { Site, Source } from './site.ts';
import { isForReaders } from './find-sources.ts';
import { spotOf } from './spot.ts';

/** Checks that the entries and people named in the lists exist. */
export function checkLists({ start, suggestions }: Lists, site: Site, reportIn: ReportIn): void {
  const at = (path: string, place: Parameters<typeof spotOf>[0]) =>
    reportAt(spotOf(place), (finding) => reportIn(path, { ...finding, level: 'error' }));
  start.data.picks.forEach(({ entry }, index) => {
    if (!site.sources.has(entry))
      reportIn('start.yaml', noEntry(entry, site, start.places[`picks.${index}.entry`]));
  });
  start.data.who.forEach(({ person }, index) => {
    findPerson(person, site, at('start.yaml', start.places[`who.${index}.person`]));
  });
  suggestions.data.forEach(({ by, entry }, index) => {
    if (entry !== undefined && !site.sources.has(entry)) {
      reportIn('suggestions.yaml', noEntry(entry, site, suggestions.places[`${index}.entry`]));
    }
    if (by !== undefined) {
      findPerson(by, site, at('suggestions.yaml', suggestions.places[`${index}.by`]));
    }
  });
}

/**
 * Warns about a folder from which nothing gets published: its owner has yet to fill it, or wrongly thinks it is filled.
 */
export function checkSomeLive(sources: ReadonlyMap<string, Source>, reportIn: ReportIn): void {
  const count = (state: Source['state']) =>
    [...sources.values()].filter((source) => source.state === state).length;
  if (count('live') > 0) return;
  const warn = (message: string, fix: string) =>
    reportIn('', { rule: 'nothing-to-publish', level: 'warning', line: 1, column: 1, message, fix });
  const waiting = [
    { many: count('draft'), are: '是草稿', fix: '写好的删掉 draft: true 这一行' },
    { many: count('later'), are: '的日期还没到', fix: '日期改成今天或更早' },
  ].filter(({ many }) => many > 0);
  if (waiting.length === 0) {
    warn('内容文件夹里一篇也没有', '用 npm run new 写第一篇，例如 npm run new -- note "标题"');
    return;
  }
  warn(
    `能发布的一篇也没有：${waiting.map(({ many, are }) => `${many} 篇${are}`).join('，')}`,
    waiting.map(({ fix }) => fix).join('，'),
  );
}

/** Checks that members get something below `<Members />`. */
export function checkPreviews(sources: Source[], reportIn: ReportIn): void {
  for (const { path, form, compiled } of sources) {
    if (!compiled.preview || compiled.preview.more) continue;
    const parts = compiled.preview.body.parts ?? [];
    if (form === 'teardowns') {
      checkMissingSteps(new Set(parts.map(({ component }) => component)), (rule, message, fix) =>
        reportIn(path, { level: 'error', line: compiled.preview!.line, column: 1, rule, message, fix }),
      );
    }
    reportIn(path, {
      rule: 'members-last',
      level: 'warning',
      line: compiled.preview.line,
      column: 1,
      message: '<Members /> 下面没有内容，整篇所有人可读',
      fix: '把只给成员的内容写在它下面，或删掉它并写 access: public',
    });
  }
}

/** Warns about files next to an entry that it doesn't use. They aren't published, which their writer may not expect. */
export function checkUnused(
  folder: Folder,
  sources: ReadonlyMap<string, Source>,
  media: MediaStore,
  reportIn: ReportIn,
): void {
  for (const path of folder.files) {
    const [form, name, ...rest] = path.split('/');
    const source = sources.get(`${form ?? ''}/${name ?? ''}`);
    if (rest.length === 0 || path.endsWith('.mdx') || isForReaders(path) || media.uses(path)) continue;
    if (source?.state !== 'live' && source?.state !== 'later') continue;
    reportIn(path, {
      rule: 'unused-file',
      level: 'warning',
      line: 1,
      column: 1,
      message: `${source.path} 没有用到这个文件，不会发布`,
      fix: '在文章里用上它，或删掉它',
    });
  }
}

type Place = Lists['start']['places'][string] | undefined;

function noEntry(entry: string, { sources }: Site, place: Place): LocalFinding {
  const meant = closest(entry.replace(/(?:\/index)?\.mdx?$/, ''), sources.keys());
  return {
    rule: 'unknown-entry',
    level: 'error',
    ...spotOf(place),
    message: `没有文章 ${entry}`,
    fix: meant === undefined ? '写成 文件夹/文件名，例如 talks/cold-start' : `是不是 ${meant}？`,
  };
}
