import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { serialize } from 'node:v8';
import pLimit from 'p-limit';
import { cardOf, listsOf } from '../../src/library/catalogue.ts';
import { bodiesFolder, readEnvironment, type Environment } from '../../src/environment.ts';
import type { Shown } from '../../src/library/handover.ts';
import { historiesOf, readHistory } from '../../src/history.ts';
import { Cache } from '../../src/markdown/cache.ts';
import type { Content } from '../../src/markdown/content.ts';
import type { Audience } from '../../src/model/audience.ts';
import { inheritedEnvironment } from '../lib/environment.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { pageFile } from '../lib/page-files.ts';
import { outputOf } from '../lib/run.ts';
import type { Settings } from '../lib/settings.ts';
import type { Rendered } from '../lib/site.ts';
import {
  basisOf,
  givenOf,
  isUntouched,
  joinRecords,
  readRecord,
  writeRecord,
  type RenderRecord,
} from '../render/record.ts';
import type { Sources } from './sources.ts';
import type { Theme } from './theme.ts';

/** An audience with fewer entries is rendered by one process: starting a second takes longer than it saves. */
const WORTH_PARTS = 200;
/** The most processes for one audience: each holds in memory everything that the audience may read. */
export const MOST_PARTS = 4;

const cores = availableParallelism();
const limit = pLimit(cores);

/**
 * Renders the pages of every audience.
 *
 * @throws CommandError with the output of a run that failed, once all others have been stopped
 */
export async function renderAll(settings: Settings, theme: Theme, sources: Sources[]): Promise<Rendered[]> {
  return allOrNone(sources, async (source, stop) => {
    const { audience, content } = source;
    return { audience, content, pages: await renderPages(settings, theme, source, { stop }) };
  });
}

/**
 * Runs `job` on all items side by side. If one fails, the others are told to stop, and its error is thrown when they
 * have: they write into the work folder, which the next build may then have.
 *
 * @param outer - tells all of them to stop
 */
async function allOrNone<T, Result>(
  items: T[],
  job: (item: T, stop: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
): Promise<Result[]> {
  const failure = new AbortController();
  const stop = AbortSignal.any([failure.signal, ...(outer ? [outer] : [])]);
  const running = items.map((item) => job(item, stop));
  try {
    return await Promise.all(running);
  } catch (error) {
    failure.abort();
    await Promise.allSettled(running);
    throw error;
  }
}

interface Options {
  /** Whether drafts are shown, too. */
  drafts?: boolean;
  /** How many processes share the work; their output doesn't depend on it. */
  parts?: number;
  /** Ends the processes. */
  stop?: AbortSignal;
}

/**
 * Renders every page that an audience may see. Its processes are given what this audience may read and nothing else:
 * the public run can't write members' text, because its processes never see it. Pages of the last run are kept unless
 * something that they show has changed (scripts/render/).
 *
 * @returns the folder with the pages
 * @throws CommandError with the output of the run when it fails or is stopped
 */
export async function renderPages(
  settings: Settings,
  theme: Theme,
  source: Sources,
  { drafts = false, parts = partsFor(source.content), stop }: Options = {},
): Promise<string> {
  const { audience, folder } = source;
  const pages = join(settings.work, 'pages', audience);
  const shown = join(settings.work, 'shown', audience);
  for (const path of [pages, shown]) mkdirSync(dirname(path), { recursive: true });
  const given = serialize(shownTo(settings, source));
  const environment = renderEnvironment(settings, audience, folder, drafts);
  const before = readRecord(pages);
  if (before && isStill(before, pages, theme, given, readEnvironment(environment))) {
    removeOthers(pages, before);
    return pages;
  }
  writeFileSync(shown, given);
  const render = async (part: number, stopped: AbortSignal): Promise<RenderRecord> => {
    stopped.throwIfAborted();
    const run = [join(settings.root, 'scripts/render/run.ts'), theme.entry, theme.digest, shown, pages];
    const child = spawn(process.execPath, [...run, `${part}/${parts}`], {
      // File names of entries are relative to this folder.
      cwd: process.cwd(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inheritedEnvironment(), ...environment },
    });
    stopped.addEventListener('abort', () => child.kill());
    const { code, output } = await outputOf(child);
    const record = code === 0 ? readRecord(`${pages}.${part}`) : undefined;
    if (record) return record;
    throw new CommandError(`${output}\nrender: failed on the pages for "${audience}" (see above)`);
  };
  const numbers = Array.from({ length: parts }, (_, part) => part);
  const records = await allOrNone(numbers, (part, stopped) => limit(render, part, stopped), stop);
  const record = joinRecords(records);
  removeOthers(pages, record);
  writeRecord(pages, record);
  return pages;
}

/** Returns what the pages of an audience are made of. Writes the bodies of its entries to files. */
function shownTo({ work, history }: Settings, { audience, folder, content }: Sources): Shown {
  const bodies = new Cache(bodiesFolder({ work, audience }));
  const histories = () => {
    // The history of a file also tells about the part of a piece that is cut off for these readers, so it is left out.
    const whole = content.entries.filter(({ id }) => !content.cutFor.has(id));
    return historiesOf(whole, folder, readHistory(history.folder, history.revision));
  };
  return {
    cards: content.entries.map((entry) => cardOf(entry, bodies)),
    lists: listsOf(content),
    // The public doesn't learn who writes here.
    histories: audience === 'public' ? new Map() : histories(),
  };
}

/** Whether a run would find nothing to do. Checking all of its pages is faster than starting its processes. */
function isStill(
  { basis, given, pages }: RenderRecord,
  folder: string,
  theme: Theme,
  shown: Uint8Array,
  environment: Environment,
): boolean {
  return (
    basis === basisOf(theme.digest, environment) &&
    given === givenOf(shown, environment) &&
    [...pages].every(([address, page]) => isUntouched(folder, address, page))
  );
}

/** Removes the files in the pages folder that the record doesn't have. */
function removeOthers(pages: string, record: RenderRecord): void {
  const made = new Set([...record.pages.keys()].map(pageFile));
  for (const file of listFiles(pages)) if (!made.has(file)) rmSync(join(pages, file));
}

function partsFor({ entries }: Content): number {
  return entries.length < WORTH_PARTS ? 1 : Math.min(cores, MOST_PARTS);
}

/** Returns the environment of a rendering run, apart from {@link inheritedEnvironment}. */
export function renderEnvironment(
  settings: Settings,
  audience: Audience,
  content: string,
  drafts: boolean,
): NodeJS.ProcessEnv {
  return {
    KB_AUDIENCE: audience,
    KB_CONTENT: content,
    KB_WORK: settings.work,
    KB_DATE: settings.date,
    ...(settings.site && { KB_SITE: settings.site }),
    ...(drafts && { KB_DRAFTS: '1' }),
  };
}
