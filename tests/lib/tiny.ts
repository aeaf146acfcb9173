/** Minimal entries, for sites that show one thing. */

interface NoteOptions {
  title?: string;
  date?: string;
  /** More lines of front matter. */
  more?: string;
  body?: string;
}

/**
 * Returns a note; `noteOf()` alone is the smallest that builds. Its body begins on line 5 + the number of lines that
 * `more` has.
 */
export function noteOf({
  title = '一则',
  date = '2026-11-01',
  more = '',
  body = '正文一段。',
}: NoteOptions = {}): string {
  return `---\ntitle: ${title}\ndate: ${date}\n${more}---\n${body}\n`;
}

/** Returns a person with minimal front matter; `more` adds lines to it. */
export function personOf(name: string, more = ''): string {
  return `---\nname: ${name}\nrole: 运营\njoined: 2026-01-01\n${more}---\n介绍。\n`;
}

/** A sentence that appears nowhere else, to search for where it must not be. */
export const canary = '三号仓库的备用钥匙挂在门后第二个挂钩上，只有值班的人知道这件事。';
