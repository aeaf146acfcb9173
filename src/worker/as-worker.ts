import type { GateMessage, GateReply } from '../gate/message.ts';
import { logicalPath } from './address.ts';
import { trimMedia } from './cache.ts';
import { explain } from './find.ts';
import { dropPath, dropUnnamed, mediaAddresses } from './open.ts';
import { reply } from './reply.ts';
import { currentAccess } from './session.ts';

/** Handles a message from a page to the worker: here what no page opened in place asks of itself. */
export async function replyAsWorker(message: GateMessage, base: URL): Promise<GateReply> {
  switch (message.verb) {
    case 'explain':
      return explain(pathsOf([message.address], base)[0]!);
    case 'drop':
      await drop(pathsOf(message.addresses, base));
      return { reason: 'open' };
    case 'trim':
      await trim(pathsOf(message.addresses, base));
      return { reason: 'open' };
    case 'tidy':
      await tidy();
      return { reason: 'open' };
    default:
      return reply(message);
  }
}

async function drop(paths: string[]): Promise<void> {
  const access = await currentAccess();
  if (access) for (const path of paths) await dropPath(access, path);
}

async function tidy(): Promise<void> {
  const access = await currentAccess();
  if (access) await dropUnnamed(access);
}

async function trim(paths: string[]): Promise<void> {
  const access = await currentAccess();
  if (!access) return;
  const needed = await Promise.all(paths.map((path) => mediaAddresses(access, path)));
  await trimMedia(new Set(needed.flat()));
}

function pathsOf(addresses: string[], base: URL): string[] {
  return addresses.map((address) => logicalPath(new URL(address), base) ?? '/');
}
