// N.B. Shared: the messages between a page and the gate, which is the worker, or the page itself when opened in place.
import type { Refusal } from './access.ts';

/** A message from a page to the gate. */
export type GateMessage =
  /** The stored access has changed: read it again. */
  | { verb: 'reread' }
  /** The member logs out: forget the keys, and write nothing more. */
  | { verb: 'lock' }
  /** Why is there a door at this address? */
  | { verb: 'explain'; address: string }
  /** Which build is the newest? */
  | { verb: 'look' }
  /** Wait until all fetched files are cached: how many could not be, and since when is that counted? */
  | { verb: 'settle' }
  /** Remove the pages or media at these addresses from the cache. */
  | { verb: 'drop'; addresses: string[] }
  /** Keep the cached media at these addresses, and of all other media only the newest. */
  | { verb: 'trim'; addresses: string[] }
  /** If many files are cached, remove those that the newest build no longer has. */
  | { verb: 'tidy' };

/** The gate's reply. `unkept` counts from `since`, the Unix time in milliseconds at which the worker was started. */
export type GateReply =
  | { reason: 'open'; build?: number; unkept?: number; since?: number }
  | { reason: 'locked' }
  | Absent
  | Refusal;

/** These keys open nothing at the address; `isHigher` when the site has tiers above the member's. */
export interface Absent {
  reason: 'absent';
  isHigher?: boolean;
}
