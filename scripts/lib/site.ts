import type { Content } from '../../src/markdown/content.ts';
import type { Audience } from '../../src/model/audience.ts';

/**
 * One build's site before it is written: what anyone may read, and what is sealed. Files are read when they are
 * needed, so that an archive with hours of audio does not have to fit into memory.
 */
export interface Site {
  /** Path in `dist/` → bytes. All of it comes from the run that had public sources only. */
  readable: Map<string, Source>;
  /**
   * By tier, lowest first: logical path (`/talks/x/`, `/media/….mp3`) → what its members get there. They hold the keys of
   * the tiers below too, so that a tier has only what reads otherwise there.
   */
  sealed: Map<string, Map<string, SealedSource>>;
}

/** The pages of one audience, made in a run that was given what it may read and nothing else. */
export interface Rendered {
  audience: Audience;
  content: Content;
  /** The folder with the pages. */
  pages: string;
}

/** All that one audience gets. */
export interface Layer extends Rendered {
  /** The search bundle: file name below the bundle → bytes. */
  search: Map<string, Uint8Array>;
}

export type Source = () => Uint8Array<ArrayBuffer>;

export interface SealedSource {
  type: string;
  /** Media is cut into segments so that a player can seek; everything else is one object. */
  kind: 'object' | 'media';
  read: Source;
}
