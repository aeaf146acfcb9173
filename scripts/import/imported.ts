import type { RootContent } from 'mdast';
import type { Values } from '../entry/values.ts';

/** What an import made of a file, before it is an entry. */
export interface Imported {
  /** Front matter that the file itself tells. */
  values: Values;
  body: RootContent[];
  /** Files to stand beside the entry, by name. */
  files: Map<string, Uint8Array>;
  /** What was in the file and is not in the entry, a sentence each, for the person who imports. */
  lost: string[];
}

/** The people that a content folder knows. */
export interface Known {
  /** The id of whoever goes by this name or alias. */
  idOf: (name: string) => string | undefined;
}
