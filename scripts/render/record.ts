import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'astro/zod';

/** What a rendering run left: how its pages were made, so that the next one makes only those that would differ. */
export interface Record {
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

/** Reads the record of the run that made `pages`; undefined where there is none that can be read. */
export function readRecord(pages: string): Record | undefined {
  try {
    const { basis, answers, pages: made } = schema.parse(JSON.parse(readFileSync(fileOf(pages), 'utf8')));
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

export function writeRecord(pages: string, { basis, answers, pages: made }: Record): void {
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
  writeFileSync(fileOf(pages), JSON.stringify(record));
}

/** Forgets how `pages` were made, before they change: whatever happens then, the next run trusts none of them. */
export function removeRecord(pages: string): void {
  if (existsSync(fileOf(pages))) rmSync(fileOf(pages));
}

function fileOf(pages: string): string {
  return `${pages}.json`;
}
