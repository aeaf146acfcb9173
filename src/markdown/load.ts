import { compareFindings, type LocalFinding } from '../model/finding.ts';
import { noStubs } from '../model/stubs.ts';
import { checkLists, checkPreviews, checkSomeLive, checkUnused } from './check-folder.ts';
import type { Compiled } from './compile.ts';
import type { Content, Entry } from './content.ts';
import { listFolder } from './folder.ts';
import { readLists } from './lists.ts';
import { KeptEntries } from './kept-entries.ts';
import { MediaStore } from './media.ts';
import type { Report } from './report.ts';
import { resolveEntry } from './resolve.ts';
import { compare } from '../text/compare.ts';
import { siteOf } from './site.ts';
import { readSources } from './sources.ts';
import { readStubs, readTeasers, withoutCovers } from './stubs.ts';

export interface LoadOptions {
  /** The content folder. */
  root: string;
  /** A folder for cached results; may be deleted at any time. */
  cache: string;
  /** `YYYY-MM-DD`: entries dated later are left out. */
  date: string;
  /** Whether drafts are included. */
  drafts: boolean;
  /** `''` or `/repo`: prefixed to links and media addresses. */
  base: string;
  /** Pass the same map when loading one folder repeatedly: unchanged files aren't read again. */
  memory?: Memory;
  /** The file of stubs, if the folder was extracted for one audience. */
  stubs?: string | undefined;
}

/** By path, the compiled source and the stamp of its file. */
export type Memory = Map<string, { stamp: string; compiled: Compiled }>;

/**
 * Reads, checks and renders a content folder. Problems in it are returned as findings, never thrown.
 * @throws Error when the folder itself can't be read
 */
export async function loadContent(options: LoadOptions): Promise<Content> {
  const folder = listFolder(options.root);
  const findings = [...folder.findings];
  const reportIn = (path: string, finding: LocalFinding) => {
    findings.push({ ...finding, file: folder.shown(path) });
  };
  const stubs = options.stubs === undefined ? noStubs : readStubs(options.stubs);
  const lists = readLists(folder, reportIn, stubs);
  const sources = readSources(withoutCovers(folder, stubs), options, reportIn);
  const site = siteOf(sources, lists, stubs, options.base, reportIn);
  const media = new MediaStore(folder, options.cache, options.base);
  const teasers = await readTeasers(stubs, media);

  const entries: Entry[] = [];
  const checked = [...sources.values()].filter(({ state }) => state !== 'draft');
  const kept = options.memory && new KeptEntries(site);
  await inParallel(3, checked, async (source) => {
    let faults = 0;
    const report: Report = (finding) => {
      faults++;
      reportIn(source.path, { ...finding, level: 'error' });
    };
    const entry = kept?.get(source) ?? (await resolveEntry(source, { site, folder, media }, report));
    if (!entry) return;
    entries.push(entry);
    // Entries with findings aren't kept, so that the next load reports them again.
    if (faults === 0) kept?.keep(source, entry);
  });
  entries.sort((a, b) => compare(b.date, a.date) || compare(a.id, b.id));

  // An extracted part has already been checked as part of the whole folder.
  if (options.stubs === undefined) {
    checkLists(lists, site, reportIn);
    checkPreviews(checked, reportIn);
    // If there are errors, fixing them comes first.
    if (!findings.some(({ level }) => level === 'error')) checkSomeLive(sources, reportIn);
  }
  checkUnused(folder, sources, media, reportIn);
  return {
    entries,
    people: new Map(site.people),
    topics: lists.topics,
    series: lists.series,
    start: {
      ...lists.start.data,
      picks: lists.start.data.picks.filter(({ entry }) => sources.get(entry)?.state === 'live'),
    },
    suggestions: lists.suggestions.data,
    synonyms: lists.synonyms,
    tiers: lists.tiers,
    media: media.files(new Set([...entries.map(({ id }) => id), ...Object.keys(stubs.teasers)])),
    teasers,
    cutFor: new Map(Object.entries(stubs.tiers)),
    findings: findings.sort(compareFindings),
  };
}

/** Runs a few tasks at a time: image processing keeps other cores busy while texts are assembled. */
async function inParallel<T>(width: number, items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
