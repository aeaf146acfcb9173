// N.B. Shared: what a page asks of the gate, and what that answers: the worker, or the page itself when opened in place.
import type { Refusal } from './access.ts';

/** What a page asks. */
export type GateMessage =
  /** What is stored has changed: read it again. */
  | { verb: 'reread' }
  /** Someone logs out: forget the keys, and write nothing more. */
  | { verb: 'lock' }
  /** Why does a door stand at this address? */
  | { verb: 'explain'; address: string }
  /** Which build is the newest? */
  | { verb: 'look' }
  /** Let all be kept that was fetched: how many files could not be, in all? */
  | { verb: 'settle' }
  /** Keep this no longer, whatever the address shows: a page, or what belongs to one. */
  | { verb: 'drop'; addresses: string[] }
  /** Keep the media at these addresses, and of others no more than the newest. */
  | { verb: 'trim'; addresses: string[] }
  /** Keep no heap of what the newest build does not have. */
  | { verb: 'tidy' };

/** What it is told. */
export type GateReply =
  { reason: 'open'; build?: number; unkept?: number } | { reason: 'locked' } | Absent | Refusal;

/** Nothing stands there that these keys open; `isHigher` where the site has tiers that they are not of. */
export interface Absent {
  reason: 'absent';
  isHigher?: boolean;
}
