import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../src/environment.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import { Kept } from '../lib/kept.ts';

/** What a rendering run left: how its pages were made, so that the next one makes only those that would differ. */
export interface RenderRecord {
  /** A digest of all that every page depends on, as {@link basisOf} gives it. */
  basis: string;
  /** A digest of what the pages could show, as {@link givenOf} gives it. */
  given: string;
  /** Question to the library → digest of the answer. */
  answers: Map<string, string>;
  /** Logical address → how its page was made. */
  pages: Map<string, PageRecord>;
}

export interface PageRecord {
  /** SHA-256 of the file, in hex. */
  digest: string;
  /** What the page asked the library. */
  questions: string[];
  /** How long it took to render. */
  milliseconds: number;
}

/** As a record is kept: thousands of pages ask the same. */
interface KeptRecord extends Omit<RenderRecord, 'pages'> {
  pages: [address: string, page: Omit<PageRecord, 'questions'>, questions: number[]][];
}

/**
 * A digest of what every page of a run depends on.
 *
 * @param theme - the digest of its theme
 */
export function basisOf(theme: string, { audience, drafts, origin, base }: Environment): string {
  return digestOf(theme, JSON.stringify({ audience, drafts, origin, base }));
}

/** A digest of what a run is given to show: the content, and the day. */
export function givenOf(shown: Uint8Array, { date }: Environment): string {
  return digestOf(shown, date);
}

/** Whether the file of a page is the one that its record is about. */
export function isUntouched(pages: string, address: string, { digest }: PageRecord): boolean {
  const file = join(pages, pageFile(address));
  return existsSync(file) && digestOf(readFileSync(file)) === digest;
}

/**
 * Reads the record of the run that made `pages`; undefined where there is none that can be read. It may be older than
 * some of the pages, where a run was interrupted: those differ from its digests.
 */
export function readRecord(pages: string): RenderRecord | undefined {
  const kept = recordIn(pages).get('');
  if (!kept) return undefined;
  const asked = [...kept.answers.keys()];
  return {
    ...kept,
    pages: new Map(
      kept.pages.map(([address, page, questions]) => [
        address,
        { ...page, questions: questions.map((at) => asked[at]!) },
      ]),
    ),
  };
}

/** Writes the record of a run beside its pages, for {@link readRecord}. */
export function writeRecord(pages: string, record: RenderRecord): void {
  const places = new Map([...record.answers.keys()].map((question, at) => [question, at]));
  const kept = recordIn(pages);
  kept.set('', {
    ...record,
    pages: [...record.pages].map(([address, { questions, ...page }]) => [
      address,
      page,
      questions.map((question) => places.get(question)!),
    ]),
  });
  kept.save();
}

/**
 * The record of a run that was done in parts, each of which has a record of its own. Its pages stand in the order in
 * which they were dealt out: what is made of them is not to depend on how many parts there were.
 */
export function joinRecords(parts: readonly RenderRecord[]): RenderRecord {
  const dealt = parts.map(({ pages }) => [...pages]);
  return {
    ...parts[0]!,
    answers: new Map(parts.flatMap(({ answers }) => [...answers])),
    pages: new Map(dealt[0]!.flatMap((_, at) => dealt.flatMap((pages) => pages.slice(at, at + 1)))),
  };
}

/** The file of a page: `/talks/x/` ⇒ `talks/x/index.html`. A host looks for 404.html by that name. */
export function pageFile(address: string): string {
  if (address === '/404/') return '404.html';
  return `${address.slice(1)}${address.endsWith('/') ? 'index.html' : ''}`;
}

/** Whether the file is that of a page which may show an entry: those that a search is made of. */
export function hasEntry(file: string): boolean {
  return file.endsWith('/index.html');
}

function recordIn(pages: string): Kept<KeptRecord> {
  return new Kept(`${pages}.record`, versionOf('scripts/render'));
}

/** Where a part of a run leaves what a search finds in the pages that it has made. */
export function entriesFile(pages: string, part: number): string {
  return `${pages}.${part}.entries`;
}
