import type { Section } from './corpus.ts';

/** What no cache of this tree has anything of: what an earlier run left there must not help a clean build. */
export interface Unseen {
  sections: readonly Section[];
  /** For KB_SITE: a theme is made for a path, once. */
  site: string;
}

/** Makes texts, and an address to build them for, that no run has had before. */
export function unseen(sections: readonly Section[]): Unseen {
  const run = Date.now().toString(36);
  return {
    sections: sections.map((section) => ({
      ...section,
      markdown: `${section.markdown}\n\n这是第 ${run} 次比较。`,
    })),
    site: `https://bench.example/${run}/`,
  };
}
