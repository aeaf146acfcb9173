import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'astro/zod';

/** What a rendering run left: how its pages were made, so that the next one makes only those that would differ. */
export interface RenderRecord {
  /** A digest of all that every page depends on: the theme, and what the environment says. */
  basis: string;
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

const schema = z.object({
  basis: z.string(),
  answers: z.array(z.tuple([z.string(), z.string()])),
  pages: z.array(
    z.object({
      address: z.string(),
      digest: z.string(),
      /** Places in `answers`. */
      questions: z.array(z.number()),
      milliseconds: z.number(),
    }),
  ),
});

/**
 * Reads the record of the run that made `pages`; undefined where there is none that can be read. It may be older than
 * some of the pages, where a run was interrupted: those differ from its digests.
 */
export function readRecord(pages: string): RenderRecord | undefined {
  try {
    const { basis, answers, pages: made } = schema.parse(JSON.parse(readFileSync(recordOf(pages), 'utf8')));
    return {
      basis,
      answers: new Map(answers),
      pages: new Map(
        made.map(({ address, questions, ...rest }) => [
          address,
          { ...rest, questions: questions.map((at) => answers[at]![0]) },
        ]),
      ),
    };
  } catch {
    return undefined;
  }
}

export function writeRecord(pages: string, { basis, answers, pages: made }: RenderRecord): void {
  const places = new Map([...answers.keys()].map((question, at) => [question, at]));
  const record: z.infer<typeof schema> = {
    basis,
    answers: [...answers],
    pages: [...made].map(([address, { questions, ...rest }]) => ({
      address,
      ...rest,
      questions: questions.map((question) => places.get(question)!),
    })),
  };
  writeFileSync(recordOf(pages), JSON.stringify(record));
}

/**
 * The record of a run that was done in parts, each of which has a record of its own. Its pages stand in the order in
 * which they were dealt out: what is made of them is not to depend on how many parts there were.
 */
export function joinRecords(parts: readonly RenderRecord[]): RenderRecord {
  const dealt = parts.map(({ pages }) => [...pages]);
  return {
    basis: parts[0]!.basis,
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

function recordOf(pages: string): string {
  return `${pages}.json`;
}

/** Where a part of a run leaves what a search finds in the pages that it has made. */
export function entriesFile(pages: string, part: number): string {
  return `${pages}.${part}.entries`;
}
