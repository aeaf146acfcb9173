import type { Content } from '../../src/markdown/content.ts';
import type { Audience } from '../../src/model/audience.ts';

/**
 * A built site before it is written: the readable files and the sealed ones. Files are read only when they are needed,
 * so an archive with hours of audio doesn't have to fit into memory.
 */
export interface Site {
  /** Path in `dist/` → bytes. Everything here comes from the run that was given public sources only. */
  readable: Map<string, Source>;
  /**
   * Tier, lowest first → logical path (`/talks/x/`, `/media/….mp3`) → the content for its members. They also hold the
   * keys of the tiers below, so a tier only lists the paths whose content differs from the tier below.
   */
  sealed: Map<string, Map<string, SealedSource>>;
}

/** The pages of one audience, rendered by a run that was given only what this audience may read. */
export interface Rendered {
  audience: Audience;
  content: Content;
  /** The folder with the pages. */
  pages: string;
}

/** Everything that one audience gets. */
export interface Layer extends Rendered {
  /** The search bundle: file name below the bundle → bytes. */
  search: Map<string, Uint8Array>;
}

/** What a build has made. */
export interface Built {
  site: Site;
  /** One layer for each audience, the public first; the last one reads everything. */
  layers: Layer[];
  /** The folder with style sheets, scripts and the files that are copied unchanged. */
  theme: string;
}

export type Source = () => Uint8Array<ArrayBuffer>;

export interface SealedSource {
  type: string;
  /** Media is cut into segments so that a player can seek; everything else is one object. */
  kind: 'object' | 'media';
  read: Source;
}
