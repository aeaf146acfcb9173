// N.B. Shared: a page that is opened in place answers itself.
import type { GateMessage, GateReply } from '../gate/message.ts';
import { logicalPath } from './address.ts';
import { explain, newestBuild } from './find.ts';
import { currentAccess, forgetHeld, lockHeld } from './session.ts';

/** Does what a page asks of the gate. */
export async function reply(message: GateMessage, base: URL): Promise<GateReply> {
  switch (message.verb) {
    case 'reread':
      forgetHeld();
      return { reason: (await currentAccess()) ? 'open' : 'locked' };
    case 'lock':
      await lockHeld();
      return { reason: 'locked' };
    case 'explain':
      return explain(logicalPath(new URL(message.address), base) ?? '/');
    case 'look':
      return newestBuild();
  }
}
