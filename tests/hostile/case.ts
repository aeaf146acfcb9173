/** One attack, and its expected result. */
export interface Hostile {
  /** The body of a note, which begins on line 6 of its file. */
  body?: string;
  /** More lines for the note's front matter; the body moves down by as many. */
  more?: string;
  /** The whole source of the note, instead of `body` and `more`. */
  source?: string;
  /** Other files: next to the note in its own folder, or below the content folder if the path begins with `/`. */
  files?: Record<string, string | Uint8Array>;
  /** Symbolic links, with paths as in `files`, and their targets. */
  links?: Record<string, string>;
  /**
   * All errors, as `line rule` in the note or `path:line rule` in another file. `[]` means that it is rendered and
   * harmless.
   */
  refused: string[];
  /**
   * Where it would run elsewhere: as Markdown and HTML of other renderers, in a browser; or as the MDX module of other
   * compilers.
   */
  runs?: 'html' | 'mdx';
}

/** Cases by the name of their note. */
export type Corpus = Record<string, Hostile>;

/**
 * The code in payloads: a request that the test's server sees. The regular expression becomes the string `/ran/`, so it
 * needs no quotes and works wherever an attack puts it.
 */
export const RUN = 'fetch(/ran/)';
