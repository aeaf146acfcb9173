import type { Content } from '../../src/markdown/content.ts';
import { contributionsOf, type Contribution } from '../../src/library/contributions.ts';
import { piecesOf } from '../../src/library/news.ts';
import { addDays, daysOfWeek, isDate } from '../../src/model/week.ts';
import { site } from '../../src/site.ts';
import type { Late } from '../digest/late.ts';
import { weekToTell } from '../digest/weeks.ts';
import { changesBetween, shownBy, type ShownBefore } from '../lib/changes.ts';
import { expiresWithin, memberState, type Member } from '../lib/members.ts';
import type { Size } from '../lib/size.ts';
import { behindPlan, type Behind } from './cadence.ts';
import type { Writers } from './writers.ts';

/** How many days ahead the report lists what expires. */
const notice = 30;
const slowestShown = 5;

export interface ReportInput {
  build: number;
  /** The target's name. */
  target: string;
  /** YYYY-MM-DD. */
  today: string;
  content: Content;
  before: ShownBefore;
  writers: Writers;
  members: Member[];
  /** See {@link Late}. */
  late: Late;
  /** The number and size of all published files. */
  site: Size;
  uploaded: Size;
  removed: number;
  audit: Audit;
  /** Pages with their render times in milliseconds. */
  pages: PageTime[];
}

/** How many files have passed the audit. */
export interface Audit {
  sealed: number;
  readable: number;
}

export interface PageTime {
  path: string;
  milliseconds: number;
}

/** What an operator wants to know after a publish. */
export interface Report extends Pick<
  ReportInput,
  'build' | 'target' | 'today' | 'site' | 'uploaded' | 'removed' | 'audit' | 'late'
> {
  /**
   * Entries that are new, changed or gone since the previous publication; in the first one all are new. Null if that is
   * unknown.
   */
  entries: { added: Written[]; changed: Written[]; removed: string[] } | null;
  contributions: { span: 'week' | 'month' | 'year'; from: string; to: string; people: Credit[] }[];
  behind: Behind[];
  expiry: { expired: Expiring[]; soon: Expiring[] };
  members: { active: number; expired: number; removed: number; expiring: { id: string; on: string }[] };
  slowest: PageTime[];
}

export interface Named {
  id: string;
  title: string;
}

/** A piece with those who wrote it, or who changed it since the previous publication, from git. */
export type Written = Named & { by: string[] };
export type Credit = Omit<Contribution, 'who'> & { name: string };
export type Expiring = Named & { on: string };

/** Combines the results of a publish with the state of the content and the members file on that day. */
export function reportOf(input: ReportInput): Report {
  const { content, before, writers, members, pages, today, ...facts } = input;
  const pieces = piecesOf(content);
  const changes = before === 'unknown' ? null : changesBetween(before ?? {}, shownBy(content.entries));
  const titles = new Map(content.entries.map(({ id, title }) => [id as string, title]));
  const written = (ids: string[], by: ReadonlyMap<string, string[]>) =>
    ids.map((id) => ({ id, title: titles.get(id) ?? id, by: by.get(id) ?? [] }));
  const isIn = (state: string) => members.filter((member) => memberState(member, today).state === state);
  const dated = content.entries.flatMap((entry) =>
    entry.form === 'notes' && entry.data.expires !== undefined
      ? [{ id: entry.id, title: entry.title, on: entry.data.expires }]
      : [],
  );
  return {
    today,
    ...facts,
    entries: changes && {
      added: written(changes.added, writers.ever),
      changed: written(changes.changed, writers.since),
      removed: changes.removed,
    },
    contributions: spansOf(today).map(({ span, from, to }) => ({
      span,
      from,
      to,
      people: contributionsOf(pieces, from, to).map(({ who, ...counts }) => ({
        name: content.people.get(who)?.name ?? who,
        ...counts,
      })),
    })),
    behind: behindPlan(pieces, site.cadence, today),
    expiry: {
      expired: dated.filter(({ on }) => on < today),
      soon: dated.filter(({ on }) => on >= today && on < addDays(today, notice)),
    },
    members: {
      active: isIn('active').length,
      expired: isIn('expired').length,
      removed: isIn('removed').length,
      expiring: members
        .filter((member) => expiresWithin(member, today, notice))
        .map(({ id, expires = '' }) => ({ id, on: expires })),
    },
    slowest: slowestOf(pages),
  };
}

/**
 * Returns the week that is reported on `today`, and the month and year in which it began. So whoever publishes on
 * Mondays sees each period once when it is complete.
 */
function spansOf(today: string) {
  const days = daysOfWeek(weekToTell(today));
  const [year = '', month = ''] = days[0]!.split('-');
  return [
    { span: 'week', from: days[0]!, to: days[6]! },
    { span: 'month', from: `${year}-${month}-01`, to: lastOf(`${year}-${month}`) },
    { span: 'year', from: `${year}-01-01`, to: `${year}-12-31` },
  ] as const;
}

/** Returns the last day of a month: `2026-11` ⇒ `2026-11-30`. */
function lastOf(month: string): string {
  return ['31', '30', '29', '28'].map((day) => `${month}-${day}`).find(isDate)!;
}

/** Returns the slowest pages. A page that is made for several audiences counts once, with its longest time. */
function slowestOf(pages: PageTime[]): PageTime[] {
  const longest = new Map<string, number>();
  for (const { path, milliseconds } of pages) {
    longest.set(path, Math.max(milliseconds, longest.get(path) ?? 0));
  }
  return [...longest]
    .map(([path, milliseconds]) => ({ path, milliseconds }))
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, slowestShown);
}
