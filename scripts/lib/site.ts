/**
 * One build's site before it is written: what anyone may read, and what is sealed. Files are read when they are
 * needed, so that an archive with hours of audio does not have to fit into memory.
 */
export interface Site {
  /** Path in `dist/` → bytes. All of it comes from the run that had public sources only. */
  readable: Map<string, Source>;
  /** Logical path (`/talks/x/`, `/media/….mp3`) → what members get there. */
  sealed: Map<string, SealedSource>;
}

export type Source = () => Uint8Array<ArrayBuffer>;

export interface SealedSource {
  type: string;
  /** Media is cut into segments so that a player can seek; everything else is one object. */
  kind: 'object' | 'media';
  read: Source;
}
