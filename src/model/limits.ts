/** How large a contributed file may be. Past these a file is refused before it is read. */
export const LIMITS = {
  /** Bytes of an entry. */
  entry: 2 * 1024 * 1024,
  /** Bytes of an entry's front matter, and of each YAML file. */
  frontMatter: 64 * 1024,
  /** Bytes of an image. */
  image: 20 * 1024 * 1024,
  /** Pixels of an image, over all its frames. */
  pixels: 100_000_000,
  /** Bytes of a recording or an attachment. */
  audio: 200 * 1024 * 1024,
  /** Levels of nesting in a body. */
  depth: 100,
  /** Lines of a body. */
  lines: 20_000,
  /** Lines that go on with a quote or a list without its mark, up to the next blank line. */
  lazyLines: 1_000,
  /** Lines of nothing but `---` or `===` in a body. */
  underlines: 1_000,
  /** Marks of emphasis and links in a paragraph, a heading, a cell of a table. */
  marksInParagraph: 500,
  /** The same in a body. */
  marks: 50_000,
  /** Lengths that runs of backticks in a body have: ` is one, `` another. */
  codeMarks: 20,
  /** Cells of all tables of a body: each row gets as many as the first one has. */
  cells: 100_000,
  /** Characters of the addresses and titles that the references of a body put in, each for itself. */
  referenced: 1_000_000,
} as const;
