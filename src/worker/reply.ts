// N.B. Shared: a page that is opened in place answers itself.
import type { GateMessage, GateReply } from '../gate/message.ts';
import { logicalPath } from './address.ts';
import { hasKeptAll } from './cache.ts';
import { explain, newestBuild } from './find.ts';
import { dropPath } from './open.ts';
import { currentAccess, forgetHeld, lockHeld } from './session.ts';

/** Does what a page asks of the gate. */
export async function reply(message: GateMessage, base: URL): Promise<GateReply> {
  switch (message.verb) {
    case 'reread':
      forgetHeld();
      return { reason: (await currentAccess()) ? 'open' : 'locked' };
    case 'lock':
      lockHeld();
      return { reason: 'locked' };
    case 'explain':
      return explain(logicalPath(new URL(message.address), base) ?? '/');
    case 'look':
      return newestBuild();
    case 'settle':
      return { reason: 'open', hasKept: await hasKeptAll() };
    case 'drop':
      for (const address of message.addresses) await drop(logicalPath(new URL(address), base) ?? '/');
      return { reason: 'open' };
  }
}

async function drop(path: string): Promise<void> {
  const access = await currentAccess();
  if (access) await dropPath(access, path);
}
