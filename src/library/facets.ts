import { texts } from '../i18n/index.ts';
import { LEVELS, ROLES } from '../model/lists.ts';
import type { Library, Piece } from './library.ts';

/** A value that a list can be filtered by, with its label. */
export interface Option {
  value: string;
  label: string;
}

/** Returns the topics of the given pieces, in the library's order. */
export function topicOptions(library: Library, pieces: Piece[]): Option[] {
  const used = new Set(pieces.flatMap(({ data }) => data.topics));
  return library.topics
    .filter(({ topic }) => used.has(topic.id))
    .map(({ topic }) => ({ value: topic.id, label: topic.name }));
}

/**
 * Returns the people with the given ids, most frequent first.
 *
 * @param ids - ids of people, repeated as often as they are named
 */
export function personOptions(library: Library, ids: string[]): Option[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([id]) => ({ value: id, label: library.person(id).name }));
}

/** Returns the levels that occur in the given lists, in the order of `LEVELS`. */
export function levelOptions(lists: { level: readonly string[] }[]): Option[] {
  return LEVELS.filter((level) => lists.some((one) => one.level.includes(level))).map((value) => ({
    value,
    label: texts.facets.level[value],
  }));
}

/** Returns the roles that occur in the given lists, in the order of `ROLES`. */
export function roleOptions(lists: { role: readonly string[] }[]): Option[] {
  return ROLES.filter((role) => lists.some((one) => one.role.includes(role))).map((value) => ({
    value,
    label: texts.facets.role[value],
  }));
}
