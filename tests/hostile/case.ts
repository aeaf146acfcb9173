/** One thing that somebody might try, and what becomes of it. */
export interface Hostile {
  /** The body of a note, from line 6 of its file on. */
  body?: string;
  /** More lines of that note's front matter; the body moves down by as many. */
  more?: string;
  /** Instead: the whole source of the note. */
  source?: string;
  /** Other files, beside the note in a folder of its own, or with a `/` first below the content folder. */
  files?: Record<string, string | Uint8Array>;
  /** Symbolic links with paths as those of `files`, and where they lead. */
  links?: Record<string, string>;
  /**
   * Each error as `line rule` of the note, or `path:line rule` of another file; all of them. `[]`: it is rendered, and
   * harmless.
   */
  refused: string[];
  /**
   * Where it would have run: as the Markdown and HTML that it is for any other renderer, in a browser; or as the MDX
   * module that it is for any other compiler.
   */
  runs?: 'html' | 'mdx';
}

/** By the name of the note. */
export type Corpus = Record<string, Hostile>;

/**
 * What payloads run: a request that the server of the test sees. A regular expression becomes the string `/ran/`, so
 * it needs no quotes, and stands wherever an attack puts it.
 */
export const RUN = 'fetch(/ran/)';
