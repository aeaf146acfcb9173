import type { Content } from './load.ts';

/**
 * Writes a content folder that holds public sources only: public entries with the files they use, entries with
 * `<Members />` cut there, and the bare names of the people, topics and series that they mention.
 * The target is emptied first.
 */
export function projectPublic(content: Content, root: string, target: string): Promise<void> {
  return Promise.reject(new Error(`not yet: ${root} ${target} ${content.entries.length}`));
}
