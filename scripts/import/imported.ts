import type { RootContent } from 'mdast';
import type { Values } from '../entry/values.ts';

/** The result of reading a file, before it becomes an entry. */
export interface Imported {
  /** Front matter that the file itself contains. */
  values: Values;
  body: RootContent[];
  /** Files to put beside the entry, by name. */
  files: Map<string, Uint8Array>;
  /** What the file had and the entry doesn't, one sentence each, for the person who imports. */
  lost: string[];
}

/** The people that a content folder knows. */
export interface Known {
  /** Returns the id of the person with this name or alias. */
  idOf: (name: string) => string | undefined;
}
