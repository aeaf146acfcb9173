import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../src/environment.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import { versionOf } from '../../src/markdown/version.ts';
import { CacheFile } from '../lib/cache-file.ts';
import { pageFile } from '../lib/page-files.ts';

/**
 * The record of a rendering run: how each page was made, so that the next run only makes the pages that would differ.
 */
export interface RenderRecord {
  /** A digest of everything that every page depends on, see {@link basisOf}. */
  basis: string;
  /** A digest of what the pages could show, see {@link givenOf}. */
  given: string;
  /** Question to the library → digest of the answer. */
  answers: Map<string, string>;
  /** Logical address → how its page was made. */
  pages: Map<string, PageRecord>;
}

export interface PageRecord {
  /** SHA-256 of the file, in hex. */
  digest: string;
  /** The questions that the page asked the library. */
  questions: string[];
  /** Render time. */
  milliseconds: number;
}

/** A record as it is stored: questions are indexes, because thousands of pages ask the same ones. */
interface KeptRecord extends Omit<RenderRecord, 'pages'> {
  pages: [address: string, page: Omit<PageRecord, 'questions'>, questions: number[]][];
}

/**
 * Returns a digest of what every page of a run depends on.
 *
 * @param theme - the theme's digest
 */
export function basisOf(theme: string, { audience, drafts, origin, base }: Environment): string {
  return digestOf(theme, JSON.stringify({ audience, drafts, origin, base }));
}

/** Returns a digest of what a run is given to show: the content and the day. */
export function givenOf(shown: Uint8Array, { date }: Environment): string {
  return digestOf(shown, date);
}

/** Whether the file of a page is still the one that its record describes. */
export function isUntouched(pages: string, address: string, { digest }: PageRecord): boolean {
  const file = join(pages, pageFile(address));
  return existsSync(file) && digestOf(readFileSync(file)) === digest;
}

/**
 * Reads the record of the run that made `pages`; undefined if there is none that can be read. After an interrupted run
 * it may be older than some of the pages, whose files then don't match its digests.
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
 * Joins the records of a run that was split into parts. The pages are put back into the order in which they were dealt
 * out, so that nothing made from the record depends on the number of parts.
 */
export function joinRecords(parts: readonly RenderRecord[]): RenderRecord {
  const dealt = parts.map(({ pages }) => [...pages]);
  return {
    ...parts[0]!,
    answers: new Map(parts.flatMap(({ answers }) => [...answers])),
    pages: new Map(dealt[0]!.flatMap((_, at) => dealt.flatMap((pages) => pages.slice(at, at + 1)))),
  };
}

function recordIn(pages: string): CacheFile<KeptRecord> {
  return new CacheFile(`${pages}.record`, versionOf('scripts/render'));
}

/** The file in which one part of a run caches what search finds in its pages. */
export function entriesFile(pages: string, part: number): string {
  return `${pages}.${part}.entries`;
}
