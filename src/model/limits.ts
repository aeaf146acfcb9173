/** Limits for contributed files. A file beyond one of them is refused instead of processed. */
export const LIMITS = {
  /** Bytes of an entry. */
  entry: 2 * 1024 * 1024,
  /** Bytes of an entry's front matter, and of each YAML file. */
  frontMatter: 64 * 1024,
  /** Bytes of an image. */
  image: 20 * 1024 * 1024,
  /** Pixels of an image, all frames together. */
  pixels: 100_000_000,
  /** Bytes of a recording or an attachment. */
  audio: 200 * 1024 * 1024,
  /** Levels of nesting in a body. */
  depth: 100,
  /** Lines of a body. */
  lines: 20_000,
  /** Lines that lazily continue a quote or list without its marker, up to the next blank line. */
  lazyLines: 1_000,
  /** Quotes, lists (not their items) and footnotes in a body. */
  containers: 1_000,
  /** Lines in a body that consist only of `---` or `===`. */
  underlines: 1_000,
  /** Markers of emphasis and links (`*`, `_`, `~`, `[`, `]`) in one paragraph, heading or table cell. */
  marksInParagraph: 500,
  /** The same markers in a whole body. */
  marks: 50_000,
  /** Different lengths of backtick runs in a body: ` is one, `` another. */
  codeMarks: 20,
  /** Cells of all tables in a body, counting every row as wide as the first. */
  cells: 100_000,
  /** Characters of addresses and titles that link references in a body expand to; every use counts. */
  referenced: 1_000_000,
} as const;
