import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { serialize } from 'node:v8';
import pLimit from 'p-limit';
import { cardOf, listsOf } from '../../src/catalogue.ts';
import { bodiesFolder, readEnvironment, type Environment } from '../../src/environment.ts';
import type { Shown } from '../../src/handover.ts';
import { historiesOf, readHistory } from '../../src/history.ts';
import type { Content } from '../../src/markdown/content.ts';
import type { Audience } from '../../src/model/audience.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { outputOf } from '../lib/run.ts';
import type { Settings } from '../lib/settings.ts';
import type { Rendered } from '../lib/site.ts';
import {
  basisOf,
  givenOf,
  isUntouched,
  joinRecords,
  pageFile,
  readRecord,
  writeRecord,
  type RenderRecord,
} from '../render/record.ts';
import type { Sources } from './sources.ts';
import { inheritedEnvironment, type Theme } from './theme.ts';

/** An audience with fewer entries is rendered by one process: starting a second takes longer than it saves. */
const WORTH_PARTS = 200;
/** Each holds what the audience may read. */
export const MOST_PARTS = 4;

const cores = availableParallelism();
const limit = pLimit(cores);

/**
 * Renders the pages of every audience.
 *
 * @throws CommandError with what a run printed when it fails
 */
export async function renderAll(settings: Settings, theme: Theme, sources: Sources[]): Promise<Rendered[]> {
  return Promise.all(
    sources.map(async (source) => {
      const { audience, content } = source;
      return { audience, content, pages: await renderPages(settings, theme, source) };
    }),
  );
}

/**
 * Renders every page that an audience may see, in processes of their own that are given what it may read and nothing
 * else: what the public run writes can't hold members' text, because its processes never saw it. Pages stay that the
 * last run made and that nothing they show has changed for (scripts/render/).
 *
 * @param parts - the processes that share the work; what they make does not depend on it
 * @returns the folder with the pages
 * @throws CommandError with what the run printed when it fails
 */
export async function renderPages(
  settings: Settings,
  theme: Theme,
  source: Sources,
  { drafts = false, parts = partsFor(source.content) }: { drafts?: boolean; parts?: number } = {},
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
  const render = async (part: number): Promise<RenderRecord> => {
    const run = [join(settings.root, 'scripts/render/run.ts'), theme.entry, theme.digest, shown, pages];
    const { code, output } = await outputOf(
      spawn(process.execPath, [...run, `${part}/${parts}`], {
        // Entries name their files as seen from here.
        cwd: process.cwd(),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...inheritedEnvironment(), ...environment },
      }),
    );
    const record = code === 0 ? readRecord(`${pages}.${part}`) : undefined;
    if (record) return record;
    throw new CommandError(`${output}\nrender: failed on the pages for "${audience}" (above)`);
  };
  const records = await Promise.all(Array.from({ length: parts }, (_, part) => limit(render, part)));
  const record = joinRecords(records);
  removeOthers(pages, record);
  writeRecord(pages, record);
  return pages;
}

/** What the pages of an audience are made of; the bodies of its entries are written beside. */
function shownTo({ work, history }: Settings, { audience, folder, content }: Sources): Shown {
  const bodies = bodiesFolder({ work, audience });
  const histories = () => {
    // Of a piece that is cut for these readers its file tells of the rest, too.
    const whole = content.entries.filter(({ id }) => !content.cutFor.has(id));
    return historiesOf(whole, folder, readHistory(history.folder, history.revision));
  };
  return {
    cards: content.entries.map((entry) => cardOf(entry, bodies)),
    lists: listsOf(content),
    // Who writes here is for members to know.
    histories: audience === 'public' ? new Map() : histories(),
  };
}

/** Whether a run would find nothing to do: starting its processes takes longer than looking at all of its pages. */
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

/** Removes what stands beside the pages of a record. */
function removeOthers(pages: string, record: RenderRecord): void {
  const made = new Set([...record.pages.keys()].map(pageFile));
  for (const file of listFiles(pages)) if (!made.has(file)) rmSync(join(pages, file));
}

function partsFor({ entries }: Content): number {
  return entries.length < WORTH_PARTS ? 1 : Math.min(cores, MOST_PARTS);
}

/** What one rendering run has in its environment beside what all inherit. */
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
