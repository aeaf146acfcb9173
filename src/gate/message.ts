// N.B. Shared: what a page asks of the worker, and what it answers.
import type { Refusal } from './access.ts';

export type GateMessage =
  /** What is stored has changed: read it again. */
  | { verb: 'reread' }
  /** Someone logs out: forget the keys, and write nothing more. */
  | { verb: 'lock' }
  /** Why does a door stand at this address? */
  | { verb: 'explain'; address: string };

export type GateReply = { reason: 'open' | 'locked' | 'absent' } | Refusal;
