// N.B. Shared: a page opened in place answers its own messages with this module.
import type { GateMessage, GateReply } from '../gate/message.ts';
import { logicalPath } from './address.ts';
import { countUnkept, trimMedia } from './cache.ts';
import { newestBuild } from './find.ts';
import { mediaAddresses } from './open.ts';
import { currentAccess, forgetHeld, lockHeld } from './session.ts';

/** Handles a message from a page to the gate. */
export async function reply(message: GateMessage, base: URL): Promise<GateReply> {
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
      await trim(pathsOf(message.addresses, base));
      return { reason: 'open' };
    default:
      // The rest is for a worker alone, see ./as-worker.ts.
      return { reason: 'open' };
  }
}

async function trim(paths: string[]): Promise<void> {
  const access = await currentAccess();
  if (!access) return;
  const needed = await Promise.all(paths.map((path) => mediaAddresses(access, path)));
  await trimMedia(new Set(needed.flat()));
}

/** The logical paths of addresses. */
export function pathsOf(addresses: string[], base: URL): string[] {
  return addresses.map((address) => logicalPath(new URL(address), base) ?? '/');
}
