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
} as const;
