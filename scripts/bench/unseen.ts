import type { Section } from './corpus.ts';

/** Inputs that no cache of this checkout has seen, so that an earlier run can't speed up a clean build. */
export interface Unseen {
  sections: readonly Section[];
  /** For KB_SITE: a theme is cached for each path. */
  site: string;
}

/** Makes texts, and an address to build them for, that no earlier run has used. */
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
