import type { Audience } from '../model/audience.ts';
import { compareFindings, type Finding, type LocalFinding } from '../model/finding.ts';
import type { Form } from '../model/form.ts';
import type { DataOf } from '../model/schemas.ts';
import type { Series } from '../model/series.ts';
import type { Start } from '../model/start.ts';
import { noStubs } from '../model/stubs.ts';
import type { Suggestion } from '../model/suggestions.ts';
import type { Tier } from '../model/tiers.ts';
import type { Topic } from '../model/topics.ts';
import { checkLists, checkPreviews, checkUnused } from './check-folder.ts';
import type { Compiled } from './compile.ts';
import { listFolder } from './folder.ts';
import { readLists } from './lists.ts';
import { KeptEntries } from './kept-entries.ts';
import { MediaStore } from './media.ts';
import { resolveEntry } from './resolve.ts';
import { compare, siteOf, type Report } from './site.ts';
import { readSources } from './sources.ts';
import { readStubs, readTeasers, withoutCovers } from './stubs.ts';

export interface LoadOptions {
  /** The content folder. */
  root: string;
  /** A folder for what need not be computed again; may be deleted at any time. */
  cache: string;
  /** `YYYY-MM-DD`: entries dated later are left out. */
  date: string;
  /** Whether drafts are taken in. */
  drafts: boolean;
  /** `''` or `/repo`: prefixed to links and media addresses. */
  base: string;
  /** Kept by whoever loads one folder again and again: files that have not changed are not read again. */
  memory?: Memory;
  /** Where the folder is a part that was taken out for an audience: the file of its stubs. */
  stubs?: string | undefined;
}

/** What was compiled of each path, and the state that its file had. */
export type Memory = Map<string, { stamp: string; compiled: Compiled }>;

/** Everything that pages, check, index and build need of a content folder. */
export interface Content {
  /** By date, newest first, then by id. */
  entries: Entry[];
  /** Whoever entries may name, by id. */
  people: Map<string, PersonReference>;
  topics: Map<string, Topic>;
  series: Map<string, Series>;
  start: Start;
  suggestions: Suggestion[];
  synonyms: string[][];
  /** Above `members`, lowest first. */
  tiers: Tier[];
  media: MediaFile[];
  /** What strangers see on doors: only in what was taken out for the public. */
  teasers: Teaser[];
  /** What the tier is called whose part was cut off below `<Members />`, by entry id; only in what was taken out. */
  cutFor: Map<string, string>;
  findings: Finding[];
}

/** What an entry with `teaser: true` says to those who can't open it. */
export interface Teaser {
  form: Exclude<Form, 'people'>;
  slug: string;
  title: string;
  summary?: string | undefined;
  cover?: Picture;
}

export interface PersonReference {
  id: string;
  name: string;
  /** Without base; missing where this person has no page in this folder. */
  address?: string;
}

/** An entry; `Entry<'talks'>` has the data of a talk. */
export type Entry<F extends Form = Form> = F extends Form ? EntryOf<F> : never;

interface EntryOf<F extends Form> {
  id: `${F}/${string}`;
  form: F;
  name: string;
  slug: string;
  /** `/talks/slug/`, without base. */
  address: string;
  /** Path of the source as findings name it. */
  file: string;
  data: DataOf<F>;
  /** A person's is the name. */
  title: string;
  /** A person's is the day of joining. */
  date: string;
  /** The widest circle that may read it. */
  access: Audience;
  /** The body; links and media addresses carry the base. */
  html: string;
  /** The same body as a list, for pages that lay it out themselves. */
  parts: Part[];
  /** The body above `<Members />`; missing where there is no such line. */
  publicHtml?: string;
  headings: Heading[];
  quotes: Quote[];
  /** Transcript, in order of time. */
  lines: Line[];
  /** A breakdown's cover. */
  cover?: Picture;
  /** A talk's recording. */
  audio?: Sound;
  /** Ids of people named in front matter or body, each once. */
  mentions: string[];
  /** Ids of entries linked to, each once. */
  links: string[];
  /** Plain text of the body. */
  text: string;
  /** Characters of the body, Latin words counted as one each. */
  characters: number;
  /** Changes when anything that this entry shows changes. */
  digest: string;
}

/** What stands in a body at its top level: running text, or one component. */
export type Part = { component: 'prose'; html: string } | Block;

export interface Block {
  component: BlockName;
  /** Id of the element in the page. */
  id: string;
  title?: string;
  who?: string;
  /** A day of a digest. */
  date?: string;
  /** What stands inside the component, without its frame and title. */
  html: string;
  text: string;
  /** The picks of a day. */
  blocks?: Block[];
}

export type BlockName =
  | 'Takeaways'
  | 'Framework'
  | 'Chapter'
  | 'Idea'
  | 'Apply'
  | 'Viewpoint'
  | 'Agreement'
  | 'Disagreement'
  | 'Open'
  | 'Try'
  | 'Background'
  | 'Goal'
  | 'Insight'
  | 'Mechanism'
  | 'Numbers'
  | 'Logic'
  | 'Copy'
  | 'Avoid'
  | 'Day'
  | 'Pick';

export interface Heading {
  depth: number;
  id: string;
  text: string;
}

export interface Quote {
  id: string;
  who?: string;
  /** Seconds. */
  from?: number;
  /** Seconds. */
  to?: number;
  source?: string;
  text: string;
  html: string;
}

export interface Line {
  id: string;
  who: string;
  /** Seconds. */
  t: number;
  text: string;
}

/** An image at several widths; addresses carry the base. */
export interface Picture {
  src: string;
  srcset: string;
  width: number;
  height: number;
}

export interface Sound {
  /** Address, with base. */
  src: string;
  bytes: number;
}

export interface MediaFile {
  /** Logical path, `/media/<digest>[-<width>].<extension>`. */
  path: string;
  /** Absolute path of the bytes to publish. */
  file: string;
  /** Media type. */
  type: string;
  /** Ids of the entries that use it, which decide its audience. */
  entries: string[];
}

/**
 * Reads, checks and renders a content folder. What is wrong in it comes back as findings, never as an exception.
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
    const entry = kept?.get(source) ?? (await resolveEntry(source, site, folder, media, report));
    if (!entry) return;
    entries.push(entry);
    // What is wrong is to be said again.
    if (faults === 0) kept?.keep(source, entry);
  });
  entries.sort((a, b) => compare(b.date, a.date) || compare(a.id, b.id));

  // What was taken out for an audience has been looked over as part of the whole.
  if (options.stubs === undefined) {
    checkLists(lists, site, reportIn);
    checkPreviews(checked, reportIn);
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

/** Some at a time: images keep the other core busy while texts are put together. */
async function inParallel<T>(width: number, items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
