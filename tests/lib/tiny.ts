/** Minimal entries, for sites that show one thing. */

interface NoteOptions {
  title?: string;
  /** More lines of front matter. */
  more?: string;
  body?: string;
}

/** Returns a note; `noteOf()` alone is the smallest that builds. */
export function noteOf({ title = '一则笔记', more = '', body = '正文一段。' }: NoteOptions = {}): string {
  return `---\ntitle: ${title}\ndate: 2026-11-01\n${more}---\n\n${body}\n`;
}

/** A sentence that appears nowhere else, to search for where it must not be. */
export const canary = '三号仓库的备用钥匙挂在门后第二个挂钩上，只有值班的人知道这件事。';
