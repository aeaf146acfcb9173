// N.B. Shared: a page opened in place answers its own messages with this module.
import type { GateMessage, GateReply } from '../gate/message.ts';
import { countUnkept, trimMedia } from './cache.ts';
import { newestBuild } from './find.ts';
import { currentAccess, forgetHeld, lockHeld } from './session.ts';

/** Handles a message from a page to the gate. */
export async function reply(message: GateMessage): Promise<GateReply> {
  switch (message.verb) {
    case 'reread':
      forgetHeld();
      return { reason: (await currentAccess()) ? 'open' : 'locked' };
    case 'lock':
      lockHeld();
      return { reason: 'locked' };
    case 'look':
      return newestBuild();
    case 'settle':
      return { reason: 'open', unkept: await countUnkept(), since: performance.timeOrigin };
    case 'trim':
      // Only a worker keeps anything for long.
      await trimMedia(new Set());
      return { reason: 'open' };
    default:
      // The rest is for a worker alone, see ./as-worker.ts.
      return { reason: 'open' };
  }
}
