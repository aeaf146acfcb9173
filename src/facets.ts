import { texts } from './i18n/index.ts';
import { LEVELS, ROLES } from './model/lists.ts';
import type { Library, Piece } from './shelves.ts';

/** A choice that a list can be narrowed by. */
export interface Option {
  value: string;
  label: string;
}

/** The topics of some pieces, in the order of the library. */
export function topicOptions(library: Library, pieces: Piece[]): Option[] {
  const used = new Set(pieces.flatMap(({ data }) => data.topics));
  return library.topics
    .filter(({ topic }) => used.has(topic.id))
    .map(({ topic }) => ({ value: topic.id, label: topic.name }));
}

/** The people among some ids, those named most first. */
export function personOptions(library: Library, ids: string[]): Option[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([id]) => ({ value: id, label: library.person(id).name }));
}

/** The levels that some lists of levels name, in their order. */
export function levelOptions(lists: { level: readonly string[] }[]): Option[] {
  return LEVELS.filter((level) => lists.some((one) => one.level.includes(level))).map((value) => ({
    value,
    label: texts.facets.level[value],
  }));
}

/** The kinds of work that some lists of roles name, in their order. */
export function roleOptions(lists: { role: readonly string[] }[]): Option[] {
  return ROLES.filter((role) => lists.some((one) => one.role.includes(role))).map((value) => ({
    value,
    label: texts.facets.role[value],
  }));
}
